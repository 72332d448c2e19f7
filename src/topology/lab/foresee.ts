import type { LabTopology } from "../../preset/cluster-spec.ts";
import type { Machine } from "../machine.ts";
import { readInventory } from "./inventory.ts";
import { nodeNames } from "./names.ts";
import { statusOf } from "./status.ts";

/** The nodes a lab would have, as long as one of them is not there or not running; they have no address yet. */
export async function foreseeLab({ name, controlPlanes, workers }: LabTopology): Promise<readonly Machine[]> {
  const names = nodeNames(controlPlanes, workers);
  const inventory = await readInventory(name);
  const nodes = inventory === undefined ? [] : (await statusOf(inventory)).nodes;
  const isRunning = (wanted: string) => nodes.some((node) => node.name === wanted && node.state === "running");
  if (names.every(isRunning)) return [];
  return names.map((node, index) => ({
    name: node,
    address: "",
    internalAddress: "",
    roles: names.length === 1 ? ["control-plane", "worker"] : [index < controlPlanes ? "control-plane" : "worker"],
    labels: {},
    taints: [],
    ssh: { address: "" },
  }));
}
