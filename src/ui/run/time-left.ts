import type { StepOutcome } from "../../engine/events.ts";
import type { ReviewEntry } from "../../engine/review.ts";

export type TimedEntry = Pick<ReviewEntry, "key" | "step" | "needs"> & Partial<Pick<ReviewEntry, "kind">>;

/** How long steps took in earlier runs, in milliseconds by step id; only those that changed something. */
export type StepHistory = ReadonlyMap<string, number>;

/** How far each step is. */
export interface StepTimes {
  readonly outcome: (key: string) => StepOutcome | "running" | undefined;
  /** Milliseconds since a running step began. */
  readonly runningFor: (key: string) => number;
}

/** A look costs about this much where nothing has to be changed. */
const lookAtSatisfied = 200;

/**
 * Milliseconds the rest of the run takes if every step takes as long as it used to: the longest chain of steps that
 * have not ended. Undefined when a step of it was never measured: no estimate is better than a made-up one.
 */
export function timeLeft(plan: readonly TimedEntry[], history: StepHistory, run: StepTimes): number | undefined {
  const ends = new Map<string, number>();
  let unknown = false;
  const byKey = new Map(plan.map((entry) => [entry.key, entry]));
  const endOf = (key: string): number => {
    const known = ends.get(key);
    if (known !== undefined) return known;
    const entry = byKey.get(key);
    const outcome = run.outcome(key);
    if (entry === undefined || (outcome !== undefined && outcome !== "running")) return 0;
    ends.set(key, 0);
    const before = Math.max(0, ...entry.needs.map(endOf));
    const usual = entry.kind === "satisfied" ? lookAtSatisfied : history.get(entry.step);
    if (usual === undefined) unknown = true;
    const rest = Math.max(0, (usual ?? 0) - (outcome === "running" ? run.runningFor(key) : 0));
    ends.set(key, before + rest);
    return before + rest;
  };
  const left = plan.reduce((longest, { key }) => Math.max(longest, endOf(key)), 0);
  return unknown ? undefined : left;
}

/** An estimate as people say it; never more exact than it is. */
export function roughly(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return "a few seconds left";
  if (seconds < 55) return `~${Math.ceil(seconds / 10) * 10} s left`;
  return `~${Math.ceil(seconds / 60)} min left`;
}
