import { InstallerError } from "../engine/errors.ts";
import type { ClusterWish } from "../preset/cluster-spec.ts";
import { unmadeMachines } from "../topology/unmade.ts";

/**
 * A dry run makes no machines, so it needs those of the preset to be there.
 * @throws InstallerError `usage` when they would have to be made or started
 */
export async function refuseUnmade(spec: ClusterWish): Promise<void> {
  const unmade = await unmadeMachines(spec);
  if (unmade.length === 0) return;
  throw new InstallerError("usage", {
    message: `The machines of ${spec.name} are not there or not running, and a dry run makes none.`,
    nextSteps: [
      "`kube-installer plan` lists what an install would bring, also to machines that are not there yet",
      "leave `--dry-run` out to have them made",
    ],
  });
}
