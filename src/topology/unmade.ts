import type { ClusterWish } from "../preset/cluster-spec.ts";
import type { Machine } from "./machine.ts";

/**
 * The machines of a cluster as far as they can be named before they are made; empty when nothing has to be made or
 * started before one can log in. Changes nothing.
 */
export async function unmadeMachines({ topology }: ClusterWish): Promise<readonly Machine[]> {
  if (topology.kind === "static") return [];
  const { foreseeLab } = await import("./lab/foresee.ts");
  return foreseeLab(topology);
}
