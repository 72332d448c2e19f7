import { toInstallerError } from "../../../engine/errors.ts";
import type { Health, KnownCluster, Services } from "../../services.ts";

/** How a cluster is; whatever keeps that from being known is said in its place. */
export async function askHealth(
  services: Pick<Services, "health">,
  cluster: KnownCluster,
  signal: AbortSignal,
): Promise<Health> {
  try {
    return await services.health(cluster, signal);
  } catch (thrown) {
    return { state: "unknown", says: toInstallerError(thrown).message };
  }
}
