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

/** What is left of a run, kept up to date step by step: a large plan is looked at as a whole only once. */
export interface TimeLeft {
  /** A step has ended. */
  ended(key: string): void;
  /**
   * Milliseconds the rest of the run takes if every step takes as long as it used to: the longest chain of steps that
   * have not ended. Undefined when a step of it was never measured: no estimate is better than a made-up one.
   */
  left(): number | undefined;
}

interface Link {
  readonly key: string;
  readonly usual: number | undefined;
  readonly next: Link[];
  /** The longest chain that begins with it; known once every later one is. */
  chain: number | undefined;
  needs: number;
  ended: boolean;
}

export function createTimeLeft(plan: readonly TimedEntry[], history: StepHistory, run: StepTimes): TimeLeft {
  const links = new Map<string, Link>();
  for (const { key, kind, step } of plan) {
    const usual = kind === "satisfied" ? lookAtSatisfied : history.get(step);
    links.set(key, { key, usual, next: [], chain: undefined, needs: 0, ended: false });
  }
  for (const { key, needs } of plan) {
    const link = links.get(key);
    for (const need of link === undefined ? [] : needs) {
      const before = links.get(need);
      if (before === undefined || link === undefined) continue;
      before.next.push(link);
      link.needs += 1;
    }
  }
  const first = new Set([...links.values()].filter(({ needs }) => needs === 0));
  let unknown = [...links.values()].filter(({ usual }) => usual === undefined).length;
  const ended = (key: string): void => {
    const link = links.get(key);
    if (link === undefined || link.ended) return;
    link.ended = true;
    first.delete(link);
    if (link.usual === undefined) unknown -= 1;
    for (const next of link.next) {
      next.needs -= 1;
      if (next.needs === 0 && !next.ended) first.add(next);
    }
  };
  for (const { key } of plan) {
    const outcome = run.outcome(key);
    if (outcome !== undefined && outcome !== "running") ended(key);
  }
  return {
    ended,
    left: () => {
      if (unknown > 0) return undefined;
      let longest = 0;
      for (const link of first) {
        const usual = link.usual ?? 0;
        const past = run.outcome(link.key) === "running" ? Math.min(usual, run.runningFor(link.key)) : 0;
        longest = Math.max(longest, chainFrom(link) - past);
      }
      return longest;
    },
  };
}

function chainFrom(link: Link): number {
  link.chain ??= (link.usual ?? 0) + link.next.reduce((longest, next) => Math.max(longest, chainFrom(next)), 0);
  return link.chain;
}

/** An estimate as people say it; never more exact than it is. */
export function roughly(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return "a few seconds left";
  if (seconds < 55) return `~${Math.ceil(seconds / 10) * 10} s left`;
  return `~${Math.ceil(seconds / 60)} min left`;
}
