import { InstallerError } from "../../engine/errors.ts";
import { differs, satisfied } from "../../engine/step.ts";
import { sh } from "../../ssh/shell.ts";
import { step } from "../context.ts";
import { fields } from "../fields.ts";
import { recordOf } from "../receipt/paths.ts";
import { differingFiles, lookAtFiles, putFiles } from "../receipt/put-files.ts";
import { undoFromReceipt } from "../receipt/undo-from-receipt.ts";

const id = "os.sysctl";
const record = recordOf(id);

/** Packets of pods pass through iptables and are forwarded. @see https://kubernetes.io/docs/setup/production-environment/container-runtimes/ */
const wantedSettings = {
  "net/ipv4/ip_forward": "1",
  "net/bridge/bridge-nf-call-iptables": "1",
  "net/bridge/bridge-nf-call-ip6tables": "1",
} as const;

const names = Object.keys(wantedSettings);

/** Sorts behind 99-sysctl.conf, through which /etc/sysctl.conf is read. */
const files = [
  {
    path: "/etc/sysctl.d/99-zz-kube-installer.conf",
    content: Object.entries(wantedSettings)
      .map(([name, value]) => `${name.replaceAll("/", ".")} = ${value}\n`)
      .join(""),
  },
];

/** Sets the kernel's network settings, now and at every start. */
export const kernelSettings = step({
  id,
  title: "Set kernel parameters",
  on: "node",
  needs: ["os.receipt", "os.modules"],
  check: async ({ node }) => {
    const { stdout } = await node.read(sh`for name in ${names}; do
  [ -r "/proc/sys/$name" ] && echo "$name $(cat "/proc/sys/$name")"
done
${lookAtFiles(files)}`);
    const live = fields(stdout);
    const unknown = names.filter((name) => !live.has(name));
    if (unknown.length > 0) throw unsupported(node.name, unknown);
    const wrong = Object.entries(wantedSettings).filter(([name, value]) => live.get(name) !== value);
    if (wrong.length > 0)
      return differs(wrong.map(([name]) => `${name.replaceAll("/", ".")} is ${live.get(name)}`).join(", "));
    return differingFiles(files, stdout).length > 0
      ? differs("right now, but not at the next start")
      : satisfied("as wanted");
  },
  apply: async ({ node }) => {
    const writes = Object.entries(wantedSettings).map(
      ([name, value]) => sh`echo ${value} >/proc/sys/${name}
`,
    );
    await putFiles(
      node,
      id,
      files,
      sh`if [ ! -f ${record}/values ]; then
  for name in ${names}; do echo "$name $(cat "/proc/sys/$name")"; done >${record}/values.part
  mv ${record}/values.part ${record}/values
fi
${writes}`,
    );
  },
  undo: undoFromReceipt(id, {
    title: "Restore kernel parameters",
    after: sh`[ -f ${record}/values ] || exit 0
while read -r name value; do
  [ ! -e "/proc/sys/$name" ] || [ "$(cat "/proc/sys/$name")" = "$value" ] || echo "$value" >"/proc/sys/$name" || exit
done <${record}/values`,
  }),
});

function unsupported(node: string, settings: readonly string[]): InstallerError {
  return new InstallerError("step-failed", {
    message: `The kernel of ${node} does not know ${settings.map((name) => name.replaceAll("/", ".")).join(", ")}.`,
    likelyCause: "the module br_netfilter is not loaded",
    nextSteps: ["look on the node: `modprobe br_netfilter`"],
  });
}
