import type { Undo } from "../../engine/step.ts";
import { sh } from "../../ssh/shell.ts";
import type { Action, Observation } from "../context.ts";
import { recordOf } from "../receipt/paths.ts";
import { quietServices, reviveServices } from "../receipt/services.ts";
import { undoFromReceipt } from "../receipt/undo-from-receipt.ts";
import { configurationPath } from "./containerd-configuration.ts";

/**
 * Gives containerd its configuration back. One that ran before goes on running, with its containers, and is restarted
 * only when its configuration was changed; one that did not run is stopped with all that it started.
 */
export function undoContainerd(stepId: string): Undo<Observation, Action> {
  const record = recordOf(stepId);
  return undoFromReceipt(stepId, {
    title: "Restore containerd",
    before: sh`( ${endContainers(record)}
) || exit
${quietServices(stepId)}`,
    after: sh`if [ -e ${`${record}/originals${configurationPath}`} ] && systemctl is-active --quiet containerd; then
  systemctl restart containerd || exit
fi
${reviveServices(stepId)}`,
  });
}

function endContainers(record: string) {
  return sh`grep -qs ' active$' ${record}/services && exit 0
systemctl is-active --quiet containerd || exit 0
for namespace in $(ctr namespaces ls -q); do
  for container in $(ctr -n "$namespace" containers ls -q); do
    ctr -n "$namespace" tasks delete --force "$container" 2>/dev/null
    ctr -n "$namespace" containers delete "$container"
  done
done`;
}
