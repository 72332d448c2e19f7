import { setTimeout as delay } from "node:timers/promises";
import { createDeadline } from "./deadline.ts";
import { InstallerError, toInstallerError } from "./errors.ts";
import type { StepOutcome } from "./events.ts";
import type { PlannedStep } from "./plan.ts";
import type { ChangeKind, Verdict } from "./step.ts";
import { formatDuration, minutes } from "./time.ts";

export interface Performed {
  readonly outcome: StepOutcome;
  readonly message: string;
  /** With `changed` and `would-change`. */
  readonly kind?: ChangeKind;
  readonly danger?: string;
  readonly error?: InstallerError;
}

/**
 * The one function every mutation passes through: runs `act`, or in a dry run only takes note of it.
 * Returns whether it acted.
 */
export type Change = (what: string, act: () => Promise<void>) => Promise<boolean>;

export interface PerformOptions<A> {
  readonly context: (signal: AbortSignal) => A;
  readonly change: Change;
  readonly signal: AbortSignal;
  /** True when a needed step was only noted, not done, so a failing check is no news. */
  readonly groundMissing: boolean;
}

/** Brings one step to its wanted state: check, apply when needed, check again. Never throws. */
export async function perform<O, A extends O>(
  planned: PlannedStep<O, A>,
  { context, change, signal, groundMissing }: PerformOptions<A>,
): Promise<Performed> {
  const { step } = planned;
  const deadline = step.deadline ?? minutes(5);
  const timed = createDeadline(signal, deadline);
  try {
    const bound = context(timed.signal);
    const before = await step.check(bound).catch((thrown: unknown): Verdict => {
      if (!groundMissing || signal.aborted) throw thrown;
      return { satisfied: false, saw: "cannot be looked at before the steps it needs are done", kind: "create" };
    });
    if (before.satisfied) return { outcome: "satisfied", message: before.saw };
    const danger = before.danger ?? step.danger;
    const what = { kind: before.kind, ...(danger === undefined ? {} : { danger }) };
    const acted = await change(before.saw, () => applyWithRetries(planned, bound, signal));
    if (!acted) return { outcome: "would-change", message: before.saw, ...what };
    const after = await step.check(bound);
    if (after.satisfied) return { outcome: "changed", message: after.saw, ...what };
    throw new InstallerError("step-failed", {
      message: `"${step.title}" ran without an error, but the wanted state does not hold: ${after.saw}`,
    });
  } catch (thrown) {
    const error = timed.isOver && !signal.aborted ? outOfTime(deadline, thrown) : toInstallerError(thrown);
    const placed = error.at({ node: planned.node, step: step.id });
    return { outcome: "failed", message: placed.message, error: placed };
  } finally {
    timed.end();
  }
}

async function applyWithRetries<O, A extends O>(planned: PlannedStep<O, A>, context: A, signal: AbortSignal) {
  const retries = planned.step.retries ?? 0;
  for (let attempt = 0; ; attempt++) {
    try {
      return await planned.step.apply(context);
    } catch (thrown) {
      if (attempt >= retries || signal.aborted) throw thrown;
      await delay(1000 * 2 ** attempt * (0.5 + Math.random()), undefined, { signal });
    }
  }
}

function outOfTime(deadline: number, thrown: unknown): InstallerError {
  if (thrown instanceof InstallerError && thrown.code === "deadline-exceeded") return thrown;
  return new InstallerError("deadline-exceeded", {
    message: `The step was not done within ${formatDuration(deadline)}.`,
    cause: thrown,
  });
}
