import { createTimeLeft, roughly, type StepHistory, type TimedEntry, type TimeLeft } from "./time-left.ts";

/** Says what is left of a run, and keeps to what it said before. */
export interface TimeTeller extends Pick<TimeLeft, "started" | "ended"> {
  /** How long steps used to take; nothing is said before that is known. */
  learn(history: StepHistory): void;
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
export function createTimeTeller(plan: readonly TimedEntry[]): TimeTeller {
  const rest = createTimeLeft(plan);
  let learnt = false;
  let promised = Number.POSITIVE_INFINITY;
  let thoughtAt = Number.NEGATIVE_INFINITY;
  let saying: string | undefined;
  const think = (elapsed: number): string | undefined => {
    const left = rest.left(elapsed);
    if (left === undefined) return undefined;
    const end = elapsed + left;
    promised = Math.min(promised, end);
    const late = end > promised * (1 + tolerance.share) + tolerance.milliseconds;
    if (!late) return roughly(left);
    return left === 0 ? "slower than usual" : `slower than usual, ${roughly(left)}`;
  };
  return {
    learn: (history) => {
      learnt = true;
      rest.learn(history);
    },
    started: rest.started,
    ended: rest.ended,
    say: (elapsed) => {
      if (!learnt || elapsed < patience) return undefined;
      if (elapsed - thoughtAt >= thinkEvery) {
        thoughtAt = elapsed;
        saying = think(elapsed);
      }
      return saying;
    },
  };
}
