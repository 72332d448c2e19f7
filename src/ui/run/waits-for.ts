import { clusterName, type PlannedEntry, placeName } from "./node-progress.ts";
import type { StepPlace } from "./step-numbers.ts";

/** A step of a plan with what must be done before it. */
export type NeedyEntry = PlannedEntry & { readonly needs: readonly string[] };

/** What nodes wait for on which nothing runs although not all is done. */
export interface Waiting {
  /** Takes note that a step is over, however it ended. */
  over(place: StepPlace): void;
  /** What has to be done elsewhere before the next step of a node, like `Initialise the control plane on cp-1`; empty when nothing has. */
  of(name: string): string;
}

/** Tells from the plan what nodes wait for; it is asked for the few nodes on the screen only. */
export function createWaiting(plan: readonly NeedyEntry[]): Waiting {
  const byKey = new Map(plan.map((entry) => [entry.key, entry]));
  const byPlace = new Map<string, NeedyEntry[]>();
  for (const entry of plan) {
    const entries = byPlace.get(placeName(entry)) ?? [];
    byPlace.set(placeName(entry), entries);
    entries.push(entry);
  }
  const done = new Map<string, Set<string>>();
  const isDone = (place: StepPlace): boolean => done.get(placeName(place))?.has(place.step) ?? false;
  return {
    over: (place) => {
      const steps = done.get(placeName(place)) ?? new Set();
      done.set(placeName(place), steps.add(place.step));
    },
    of: (name) => {
      const needs = byPlace.get(name)?.find((entry) => !isDone(entry))?.needs ?? [];
      const missing = needs.flatMap((key) => byKey.get(key) ?? []).filter((entry) => !isDone(entry));
      const elsewhere = missing.filter((entry) => placeName(entry) !== name);
      const [first] = elsewhere;
      if (first === undefined || missing.length > elsewhere.length) return "";
      const more = elsewhere.length > 1 ? ` and ${elsewhere.length - 1} more` : "";
      return `${first.title}${placeName(first) === clusterName ? "" : ` on ${placeName(first)}`}${more}`;
    },
  };
}
