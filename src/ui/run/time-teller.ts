import {
  createTimeLeft,
  roughly,
  type StepHistory,
  type StepTimes,
  type TimedEntry,
  type TimeLeft,
} from "./time-left.ts";

/** Says what is left of a run, and keeps to what it said before. */
export interface TimeTeller {
  /** How long steps used to take; nothing is said before that is known. */
  learn(history: StepHistory): void;
  /** A step has ended. */
  ended(key: string): void;
  /** In words, `elapsed` milliseconds after the start; undefined while nothing can be said. */
  say(elapsed: number): string | undefined;
}

/** Nothing is said before; an estimate made at once is forgotten at once. */
const patience = 10_000;
/** Words that change more often cannot be read. */
const thinkEvery = 1000;
/** By how much a promise may be missed before it is called slow. */
const tolerance = { share: 0.15, milliseconds: 3000 };

/** An estimate that grows is not told as if it had always been so: it is slower than usual then. */
export function createTimeTeller(plan: readonly TimedEntry[], times: (elapsed: () => number) => StepTimes): TimeTeller {
  let rest: TimeLeft | undefined;
  let now = 0;
  let promised = Number.POSITIVE_INFINITY;
  let thoughtAt = Number.NEGATIVE_INFINITY;
  let saying: string | undefined;
  const think = (known: TimeLeft, elapsed: number): string | undefined => {
    now = elapsed;
    const left = known.left();
    if (left === undefined) return undefined;
    const end = elapsed + left;
    promised = Math.min(promised, end);
    const late = end > promised * (1 + tolerance.share) + tolerance.milliseconds;
    if (!late) return roughly(left);
    return left === 0 ? "slower than usual" : `slower than usual, ${roughly(left)}`;
  };
  return {
    learn: (known) => {
      rest = createTimeLeft(
        plan,
        known,
        times(() => now),
      );
    },
    ended: (key) => rest?.ended(key),
    say: (elapsed) => {
      if (rest === undefined || elapsed < patience) return undefined;
      if (elapsed - thoughtAt >= thinkEvery) {
        thoughtAt = elapsed;
        saying = think(rest, elapsed);
      }
      return saying;
    },
  };
}
