import { InstallerError } from "../engine/errors.ts";
import type { ClusterWish } from "../preset/cluster-spec.ts";
import type { Machine } from "./machine.ts";
import { provideStatic } from "./static.ts";

/**
 * The machines of a cluster as they are: none is made and none is started.
 * @throws InstallerError `usage` when they were never made
 */
export async function machinesThere({ name, topology }: Pick<ClusterWish, "name" | "topology">): Promise<Machine[]> {
  if (topology.kind === "static") return provideStatic(topology);
  const [{ readInventory }, { machinesOf }] = await Promise.all([
    import("./lab/inventory.ts"),
    import("./lab/provide.ts"),
  ]);
  const inventory = await readInventory(topology.name);
  if (inventory !== undefined) return machinesOf(inventory);
  throw new InstallerError("usage", {
    message: `The machines of ${name} are not there.`,
    nextSteps: ["`kube-installer install` makes them"],
  });
}
