import { InstallerError } from "../engine/errors.ts";
import type { ClusterWish } from "../preset/cluster-spec.ts";
import type { Machine } from "./machine.ts";
import { provideStatic } from "./static.ts";

/**
 * The machines of a cluster as they are: none is made and none is started.
 * @throws InstallerError `usage` when they were never made
 */
export async function machinesThere(spec: Pick<ClusterWish, "name" | "topology">): Promise<readonly Machine[]> {
  const machines = await machinesMade(spec);
  if (machines !== undefined) return machines;
  throw new InstallerError("usage", {
    message: `The machines of ${spec.name} are not there.`,
    nextSteps: ["`kube-installer install` makes them"],
  });
}

/** The same, undefined when they were never made. */
export async function machinesMade({
  topology,
}: Pick<ClusterWish, "topology">): Promise<readonly Machine[] | undefined> {
  if (topology.kind === "static") return provideStatic(topology);
  const [{ readInventory }, { machinesOf }] = await Promise.all([
    import("./lab/inventory.ts"),
    import("./lab/provide.ts"),
  ]);
  const inventory = await readInventory(topology.name);
  return inventory === undefined ? undefined : machinesOf(inventory);
}
