import { errorReport } from "../engine/error-report.ts";
import type { InstallerError } from "../engine/errors.ts";
import type { RunEvent, RunSummary } from "../engine/events.ts";
import type { Reporter } from "./reporter.ts";

export interface AlwaysSummarised extends Reporter {
  /** The command is over; if its run did not come to a summary, tells the failure and how it ended. */
  finish(end: { readonly outcome: RunSummary["outcome"]; readonly error?: InstallerError }): void;
}

/** Lets a stream of events end with a summary also when a command fails before or beside its run. */
export function alwaysSummarised(reporter: Reporter): AlwaysSummarised {
  const started = performance.now();
  let summarised = false;
  return {
    emit: (event: RunEvent) => {
      summarised ||= event.type === "run-finished";
      reporter.emit(event);
    },
    finish: ({ outcome, error }) => {
      if (summarised) return;
      if (error !== undefined) {
        reporter.emit({ type: "diagnostic", level: "error", message: error.message, error: errorReport(error) });
      }
      reporter.emit({
        type: "run-finished",
        outcome,
        durationMs: Math.round(performance.now() - started),
        counts: { satisfied: 0, changed: 0, "would-change": 0, failed: 0, skipped: 0 },
        setAside: [],
        criticalPath: [],
      });
    },
    end: () => reporter.end(),
  };
}
