import type { PlannedEntry } from "./node-progress.ts";

export interface StepPlace {
  readonly step: string;
  readonly node?: string;
}

/** Which entry of a plan a step on a node is: with numbers ten thousand steps a second are looked up once, not thrice. */
export type StepNumbers = (place: StepPlace) => number | undefined;

export function createStepNumbers(plan: readonly PlannedEntry[]): StepNumbers {
  const known = new Map<string | undefined, Map<string, number>>();
  for (const [number, { step, node }] of plan.entries()) {
    const ofNode = known.get(node) ?? new Map<string, number>();
    known.set(node, ofNode.set(step, number));
  }
  return ({ step, node }) => known.get(node)?.get(step);
}
