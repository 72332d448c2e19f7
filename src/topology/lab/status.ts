import { isFrozen } from "./cgroups.ts";
import { type Inventory, type LabNode, readInventory, recordedLabs } from "./inventory.ts";
import { isRunning } from "./nspawn.ts";

export type NodeState = "running" | "frozen" | "off";

export interface NodeStatus extends LabNode {
  readonly state: NodeState;
}

export interface LabStatus extends Inventory {
  readonly nodes: readonly NodeStatus[];
}

/** What is true now about a lab. */
export async function statusOf(inventory: Inventory): Promise<LabStatus> {
  const nodes = inventory.nodes.map(async (node) => ({ ...node, state: await stateOf(inventory.name, node.name) }));
  return { ...inventory, nodes: await Promise.all(nodes) };
}

/** All labs of this user, by name. */
export async function allLabs(): Promise<Inventory[]> {
  const inventories = await Promise.all((await recordedLabs()).toSorted().map(readInventory));
  return inventories.filter((inventory) => inventory !== undefined);
}

async function stateOf(lab: string, node: string): Promise<NodeState> {
  if (!(await isRunning(lab, node))) return "off";
  return (await isFrozen(lab, node)) ? "frozen" : "running";
}
