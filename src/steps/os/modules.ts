import { InstallerError } from "../../engine/errors.ts";
import { missing, satisfied } from "../../engine/step.ts";
import { sh } from "../../ssh/shell.ts";
import { type ObservedNode, step } from "../context.ts";
import { fields } from "../fields.ts";
import { recordOf } from "../receipt/paths.ts";
import { differingFiles, lookAtFiles, putFiles, type WantedFile } from "../receipt/put-files.ts";
import { undoFromReceipt } from "../receipt/undo-from-receipt.ts";

const id = "os.modules";
const record = recordOf(id);
const path = "/etc/modules-load.d/kube-installer.conf";

/** Kernel parts pods and Services need. @see https://kubernetes.io/docs/setup/production-environment/container-runtimes/ */
const wantedModules = ["overlay", "br_netfilter"] as const;

/** Loads the kernel modules Kubernetes needs, now and at every start; parts built into the kernel need nothing. */
export const kernelModules = step({
  id,
  title: "Load kernel modules",
  on: "node",
  needs: ["os.receipt"],
  check: async ({ node }) => {
    const { absent, loadable, builtIn, file, answer } = await look(node);
    if (absent.length > 0) throw lacking(node.name, absent);
    if (loadable.length > 0) return missing(`not loaded: ${loadable.join(", ")}`);
    if (differingFiles(file, answer).length > 0) return missing("loaded, but not at the next start");
    return satisfied(builtIn.length === wantedModules.length ? "built into the kernel" : "loaded, also at every start");
  },
  apply: async ({ node }) => {
    const { loadable, file } = await look(node);
    await putFiles(
      node,
      id,
      file,
      sh`for module in ${loadable}; do
  grep -qsxF "$module" ${record}/loaded || echo "$module" >>${record}/loaded
  modprobe "$module"
done`,
    );
  },
  undo: undoFromReceipt(id, {
    title: "Unload kernel modules",
    after: sh`[ -f ${record}/loaded ] || exit 0
for module in $(tac ${record}/loaded); do
  modprobe -r "$module" || echo "$module stays loaded: something uses it"
done`,
  }),
});

async function look(node: ObservedNode) {
  const { stdout } = await node.read(sh`for module in ${wantedModules}; do
  if grep -qs "^$module " /proc/modules; then state=loaded
  elif grep -qw "$module" /proc/filesystems || [ -d "/sys/module/$module" ]; then state=built-in
  elif [ "$module" = br_netfilter ] && [ -d /proc/sys/net/bridge ]; then state=built-in
  elif command -v modprobe >/dev/null && modprobe --dry-run --quiet "$module"; then state=loadable
  else state=absent; fi
  echo "$module $state"
done
${lookAtFiles([{ path, content: "" }])}`);
  const states = fields(stdout);
  const inState = (state: string) => wantedModules.filter((module) => states.get(module) === state);
  const builtIn = inState("built-in");
  return {
    absent: inState("absent"),
    loadable: inState("loadable"),
    builtIn,
    file: modulesFile(wantedModules.filter((module) => !builtIn.includes(module))),
    answer: stdout,
  };
}

function modulesFile(modules: readonly string[]): readonly WantedFile[] {
  return modules.length === 0 ? [] : [{ path, content: `${modules.join("\n")}\n` }];
}

function lacking(node: string, modules: readonly string[]): InstallerError {
  return new InstallerError("step-failed", {
    message: `The kernel of ${node} has no ${modules.join(" and no ")}.`,
    likelyCause: "the machine runs a minimal or a custom kernel, or one whose modules were removed by an upgrade",
    nextSteps: [
      "restart the node, if its kernel was upgraded",
      "install the distribution's standard kernel: `apt-get install linux-image-amd64`",
    ],
  });
}
