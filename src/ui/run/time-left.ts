import type { ReviewEntry } from "../../engine/review.ts";

export type TimedEntry = Pick<ReviewEntry, "key" | "step" | "needs"> & Partial<Pick<ReviewEntry, "kind">>;

/** How long steps took in earlier runs, in milliseconds by step id; only those that changed something. */
export type StepHistory = ReadonlyMap<string, number>;

/** A look costs about this much where nothing has to be changed. */
const lookAtSatisfied = 200;

/** What is left of a run; steps are told by their numbers in the plan. */
export interface TimeLeft {
  learn(history: StepHistory): void;
  /** A step has begun, `at` milliseconds after the start of the run. */
  started(number: number, at: number): void;
  ended(number: number): void;
  /**
   * Milliseconds the rest of the run takes, `elapsed` ones after its start, if every step takes as long as it used to:
   * the longest chain of steps that have not ended. Undefined when a step of it was never measured: no estimate is
   * better than a made-up one.
   */
  left(elapsed: number): number | undefined;
}

const unknown = Number.NaN;

/** What is told of a step costs next to nothing; the whole plan is looked at when somebody asks. */
export function createTimeLeft(plan: readonly TimedEntry[]): TimeLeft {
  const startedAt = new Float64Array(plan.length).fill(unknown);
  const hasEnded = new Uint8Array(plan.length);
  let usual = usualTimes(plan, new Map());
  let chains = longestChains(plan, usual);
  return {
    learn: (history) => {
      usual = usualTimes(plan, history);
      chains = longestChains(plan, usual);
    },
    started: (number, at) => {
      startedAt[number] = at;
    },
    ended: (number) => {
      hasEnded[number] = 1;
    },
    left: (elapsed) => {
      let longest = 0;
      for (let number = 0; number < plan.length; number++) {
        if (hasEnded[number] === 1) continue;
        const time = usual[number] ?? unknown;
        if (Number.isNaN(time)) return undefined;
        const past = elapsed - (startedAt[number] ?? unknown);
        longest = Math.max(longest, (chains[number] ?? 0) - (Number.isNaN(past) ? 0 : Math.min(time, past)));
      }
      return longest;
    },
  };
}

function usualTimes(plan: readonly TimedEntry[], history: StepHistory): Float64Array {
  return Float64Array.from(plan, ({ kind, step }) =>
    kind === "satisfied" ? lookAtSatisfied : (history.get(step) ?? unknown),
  );
}

/** For each step the longest chain that begins with it. */
function longestChains(plan: readonly TimedEntry[], usual: Float64Array): Float64Array {
  const numbers = new Map(plan.map(({ key }, number) => [key, number]));
  const next = plan.map((): number[] => []);
  for (const [number, { needs }] of plan.entries()) {
    for (const need of needs) next[numbers.get(need) ?? -1]?.push(number);
  }
  const chains = new Float64Array(plan.length).fill(unknown);
  const chainFrom = (number: number): number => {
    const known = chains[number] ?? 0;
    if (!Number.isNaN(known)) return known;
    const later = (next[number] ?? []).reduce((longest, one) => Math.max(longest, chainFrom(one)), 0);
    const chain = (usual[number] || 0) + later;
    chains[number] = chain;
    return chain;
  };
  for (const number of plan.keys()) chainFrom(number);
  return chains;
}

/** An estimate as people say it; never more exact than it is. */
export function roughly(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return "a few seconds left";
  if (seconds < 55) return `~${Math.ceil(seconds / 10) * 10} s left`;
  return `~${Math.ceil(seconds / 60)} min left`;
}
