import type { StaticTopology } from "../preset/cluster-spec.ts";
import type { Machine } from "./machine.ts";

/** Machines that are there already need nothing done to them. */
export function provideStatic({ nodes }: StaticTopology): Machine[] {
  return [...nodes];
}
