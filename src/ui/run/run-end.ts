import type { ErrorReport } from "../../engine/events.ts";

/** How a run ended: the exit code a command line would have had, and what to say. */
export interface RunEnd {
  readonly exitCode: number;
  /** Where the run's log is. */
  readonly log?: string;
  /** What the finish screen shows and prints again on the normal screen. */
  readonly closing?: readonly string[];
  /** What decided the end, when it was no success. */
  readonly error?: ErrorReport;
}
