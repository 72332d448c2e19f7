import type { NodeSpec } from "../preset/cluster-spec.ts";

/** A machine a topology provides: everything a node of the preset is, with an address one can log in to now. */
export type Machine = NodeSpec;
