import type { PlannedEntry } from "./node-progress.ts";

export interface StepPlace {
  readonly step: string;
  readonly node?: string;
}

/** The key of a step in its plan: `step@node`, or the step alone when it belongs to no node. */
export function keyOfStep({ step, node }: StepPlace): string {
  return node === undefined ? step : `${step}@${node}`;
}

/** Finds the plan's own text of a key: a text made anew has to be read through by everything that looks it up. */
export function createStepKeys(plan: readonly PlannedEntry[]): (place: StepPlace) => string {
  const known = new Map<string | undefined, Map<string, string>>();
  for (const { key, step, node } of plan) {
    const ofNode = known.get(node) ?? new Map<string, string>();
    known.set(node, ofNode.set(step, key));
  }
  return (place) => known.get(place.node)?.get(place.step) ?? keyOfStep(place);
}
