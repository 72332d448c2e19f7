import type { ReviewEntry } from "../../engine/review.ts";

export type TimedEntry = Pick<ReviewEntry, "key" | "step" | "needs"> & Partial<Pick<ReviewEntry, "kind">>;

/** How long steps took in earlier runs, in milliseconds by step id; only those that changed something. */
export type StepHistory = ReadonlyMap<string, number>;

/** A look costs about this much where nothing has to be changed. */
const lookAtSatisfied = 200;

/** What is left of a run, kept up to date step by step: a large plan is looked at as a whole only once. */
export interface TimeLeft {
  learn(history: StepHistory): void;
  /** A step has begun, `at` milliseconds after the start of the run. */
  started(key: string, at: number): void;
  ended(key: string): void;
  /**
   * Milliseconds the rest of the run takes, `elapsed` ones after its start, if every step takes as long as it used to:
   * the longest chain of steps that have not ended. Undefined when a step of it was never measured: no estimate is
   * better than a made-up one.
   */
  left(elapsed: number): number | undefined;
}

interface Link {
  readonly step: string;
  usual: number | undefined;
  readonly next: Link[];
  /** The longest chain that begins with it; known once every later one is. */
  chain: number | undefined;
  needs: number;
  startedAt: number | undefined;
  ended: boolean;
}

export function createTimeLeft(plan: readonly TimedEntry[]): TimeLeft {
  const links = linksOf(plan);
  const first = new Set([...links.values()].filter(({ needs }) => needs === 0));
  let unknown = 0;
  const count = (): void => {
    unknown = [...links.values()].filter(({ usual, ended }) => usual === undefined && !ended).length;
  };
  count();
  return {
    learn: (history) => {
      for (const link of links.values()) {
        link.usual ??= history.get(link.step);
        link.chain = undefined;
      }
      count();
    },
    started: (key, at) => {
      const link = links.get(key);
      if (link !== undefined) link.startedAt = at;
    },
    ended: (key) => {
      const link = links.get(key);
      if (link === undefined || link.ended) return;
      link.ended = true;
      first.delete(link);
      if (link.usual === undefined) unknown -= 1;
      for (const next of link.next) {
        next.needs -= 1;
        if (next.needs === 0 && !next.ended) first.add(next);
      }
    },
    left: (elapsed) => {
      if (unknown > 0) return undefined;
      let longest = 0;
      for (const link of first) {
        const past = link.startedAt === undefined ? 0 : Math.min(link.usual ?? 0, elapsed - link.startedAt);
        longest = Math.max(longest, chainFrom(link) - past);
      }
      return longest;
    },
  };
}

function linksOf(plan: readonly TimedEntry[]): ReadonlyMap<string, Link> {
  const links = new Map<string, Link>();
  for (const { key, kind, step } of plan) {
    const usual = kind === "satisfied" ? lookAtSatisfied : undefined;
    links.set(key, { step, usual, next: [], chain: undefined, needs: 0, startedAt: undefined, ended: false });
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
  return links;
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
