import { createDeadline } from "./deadline.ts";
import type { InstallerError } from "./errors.ts";

export interface TimeLimit {
  /** Ends the work from outside; its reason is thrown then. */
  readonly signal: AbortSignal;
  /** How long the work may take, in milliseconds. */
  readonly patience: number;
  /** What is thrown instead of the work's own failure when it took too long. */
  readonly tooLate: (cause: unknown) => InstallerError;
}

/** Gives work a deadline whose end says what did not answer, instead of that something timed out. */
export async function inTime<T>(
  { signal, patience, tooLate }: TimeLimit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = createDeadline(signal, patience);
  try {
    return await work(deadline.signal);
  } catch (thrown) {
    if (!deadline.isOver || signal.aborted) throw thrown;
    throw tooLate(thrown);
  } finally {
    deadline.end();
  }
}
