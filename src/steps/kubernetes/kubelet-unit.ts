import { differs, missing, satisfied } from "../../engine/step.ts";
import { binaryFolder } from "../../kubernetes/binary-paths.ts";
import { sh } from "../../ssh/shell.ts";
import { type Observation, step } from "../context.ts";
import { swapState } from "../os/swap-state.ts";
import { differingFiles, lookAtFiles, putFiles, type WantedFile } from "../receipt/put-files.ts";
import { keepService, quietServices, reviveServices } from "../receipt/services.ts";
import { undoFromReceipt } from "../receipt/undo-from-receipt.ts";
import { kubeletStep as id, kubeletFiles, kubeletUnit } from "./kubelet-files.ts";

/** Makes the kubelet a service that starts with the node; kubeadm starts it the first time. */
export const kubeletService = step({
  id,
  title: "Make the kubelet a service",
  on: "node",
  needs: ["os.receipt", "os.swap", "kubernetes.binaries"],
  check: async (context) => {
    const files = await wantedFiles(context);
    const { stdout } = await context.node.read(sh`systemctl is-enabled ${kubeletUnit} 2>/dev/null
systemctl show -p NeedDaemonReload --value ${kubeletUnit}
${lookAtFiles(files)}`);
    const [enabled, reload] = stdout.split("\n");
    const stale = differingFiles(files, stdout);
    if (stale.length === files.length) return missing("there is no such service");
    if (stale.length > 0) return differs(`${stale.join(", ")} is not as wanted`);
    if (enabled !== "enabled") return differs("the kubelet is not started with the node");
    return reload === "yes" ? differs("systemd has not read the unit") : satisfied("enabled");
  },
  apply: async (context) => {
    await putFiles(
      context.node,
      id,
      await wantedFiles(context),
      sh`( ${keepService(id, kubeletUnit)}
)
systemctl daemon-reload
systemctl enable --quiet ${kubeletUnit}
! systemctl is-active --quiet ${kubeletUnit} || systemctl restart ${kubeletUnit}`,
    );
  },
  undo: undoFromReceipt(id, {
    title: "Remove the kubelet's service",
    before: quietServices(id),
    after: reviveServices(id),
  }),
});

/** A swap that belongs to the machine around a container cannot be turned off in the node; there the kubelet bears it. */
async function wantedFiles({ node, spec }: Observation): Promise<readonly WantedFile[]> {
  const { foreign } = await swapState(node);
  const arguments_ = foreign.length > 0 ? ["--fail-swap-on=false"] : [];
  return kubeletFiles(binaryFolder(spec.kubernetes.source), arguments_);
}
