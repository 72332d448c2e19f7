import type { PreflightReport } from "../engine/findings.ts";
import type { Review, ReviewEntry } from "../engine/review.ts";

/** A plan with what belongs to it, before it is written in one form or another. */
export interface PlanDocument {
  readonly cluster: string;
  /** What the plan leads to. */
  readonly goal: "install" | "destroy";
  /** Names of the nodes, in the order of the preset. */
  readonly nodes: readonly string[];
  readonly review: Review;
  /** What was found before; absent when the goal does not need it. */
  readonly preflight?: PreflightReport;
}

/** How each kind is marked wherever a plan is shown, so that no form relies on colour. */
export const planMarks = { create: "+", change: "~", danger: "!", satisfied: "=", unknown: "?" } as const;

/** The entries of each node, then those of the cluster (`undefined`), each in the order of the plan. */
export function entriesByPlace({ nodes, review }: PlanDocument): ReadonlyMap<string | undefined, ReviewEntry[]> {
  const places = new Map<string | undefined, ReviewEntry[]>([...nodes, undefined].map((node) => [node, []]));
  for (const entry of review.entries) places.get(entry.node)?.push(entry);
  return places;
}
