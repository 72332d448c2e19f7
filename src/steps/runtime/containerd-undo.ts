import type { Undo } from "../../engine/step.ts";
import { type Command, sh } from "../../ssh/shell.ts";
import type { Action, Observation } from "../context.ts";
import { recordOf } from "../receipt/paths.ts";
import { quietServices, reviveServices } from "../receipt/services.ts";
import { undoFromReceipt } from "../receipt/undo-from-receipt.ts";
import { configurationPath } from "./containerd-configuration.ts";

/** Notes which images of Kubernetes' namespace containerd holds before any comes; the first note wins. */
export function keepImageNames(stepId: string): Command {
  const record = recordOf(stepId);
  return sh`if [ ! -f ${record}/images ]; then
  ctr -n k8s.io images ls -q >${record}/images.part
  ctr namespaces ls -q >${record}/namespaces
  mv ${record}/images.part ${record}/images
fi`;
}

/**
 * Gives containerd its configuration back. One that ran before goes on running, with its containers, and is restarted
 * only when its configuration was changed; one that did not run is stopped with all that it started. Images that came
 * to Kubernetes' namespace since then go, whoever brought them there.
 */
export function undoContainerd(stepId: string): Undo<Observation, Action> {
  const record = recordOf(stepId);
  return undoFromReceipt(stepId, {
    title: "Restore containerd",
    danger: "images of Kubernetes go and, where containerd did not run before, every container",
    before: sh`( ${endContainers(record)}
) || exit
( ${removeImages(record)}
) || exit
${quietServices(stepId)}`,
    after: sh`if [ -e ${`${record}/originals${configurationPath}`} ] && systemctl is-active --quiet containerd; then
  systemctl restart containerd || exit
fi
${reviveServices(stepId)}`,
  });
}

function endContainers(record: string): Command {
  return sh`grep -qs ' active$' ${record}/services && exit 0
systemctl is-active --quiet containerd || exit 0
for namespace in $(ctr namespaces ls -q); do
  for container in $(ctr -n "$namespace" containers ls -q); do
    ctr -n "$namespace" tasks delete --force "$container" 2>/dev/null
    ctr -n "$namespace" containers delete "$container"
  done
done`;
}

/** The last removal waits until containerd has given the space back. */
function removeImages(record: string): Command {
  return sh`[ -f ${record}/images ] && systemctl is-active --quiet containerd || exit 0
names=$(ctr -n k8s.io images ls -q | grep -vxFf ${record}/images)
[ -z "$names" ] || ctr -n k8s.io images rm --sync $names || exit
if ! grep -qxF k8s.io ${record}/namespaces && ctr namespaces ls -q | grep -qxF k8s.io; then
  ctr namespaces remove k8s.io
fi`;
}
