import type { ErrorCode } from "./errors.ts";
import type { PreflightReport } from "./findings.ts";
import type { Problem } from "./problem.ts";
import type { ChangeKind } from "./step.ts";

/** How a step ended on its node. */
export type StepOutcome = "satisfied" | "changed" | "would-change" | "failed" | "skipped";

/** A failure as it travels in events: everything is text, already redacted. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly message: string;
  readonly node?: string;
  readonly step?: string;
  readonly command?: string;
  readonly commandExitCode?: number;
  readonly output?: string;
  readonly likelyCause?: string;
  readonly nextSteps?: readonly string[];
  readonly problems?: readonly Problem[];
  /** The failures this one stands for, when several nodes failed at once. */
  readonly failures?: readonly ErrorReport[];
}

interface Place {
  readonly step: string;
  readonly title: string;
  /** Absent for a step on the cluster. */
  readonly node?: string;
}

/** How long the instances of one step took, on however many nodes it ran. */
export interface StepTiming {
  readonly step: string;
  /** How many of them there were. */
  readonly instances: number;
  readonly medianMs: number;
  readonly maxMs: number;
  readonly totalMs: number;
}

export interface RunSummary {
  readonly outcome: "ok" | "failed" | "partial" | "interrupted";
  readonly durationMs: number;
  readonly counts: Readonly<Record<StepOutcome, number>>;
  readonly setAside: readonly string[];
  /** The longest chain of steps by time, first to last; what a faster run would have to shorten. */
  readonly criticalPath: readonly { readonly step: string; readonly node?: string; readonly durationMs: number }[];
  /** The steps that kept a node waiting longest, slowest first; absent in records of earlier versions. */
  readonly slowest?: readonly StepTiming[];
}

/** Everything a run says; sinks (plain lines, NDJSON, screen, files) get nothing else. */
export type RunEvent =
  | {
      readonly type: "run-started";
      readonly steps: number;
      readonly nodes: readonly string[];
      readonly dryRun: boolean;
    }
  | ({ readonly type: "preflight" } & PreflightReport)
  | ({ readonly type: "step-started" } & Place)
  | ({ readonly type: "step-output"; readonly line: string } & Place)
  | ({
      readonly type: "step-finished";
      readonly outcome: StepOutcome;
      /** What the check saw, or why the step did not run. */
      readonly message: string;
      readonly durationMs: number;
      /** Whether something new was made or something there altered; only with `changed` and `would-change`. */
      readonly kind?: ChangeKind;
      /** Why an operator should think twice about it; only beside `kind`. */
      readonly danger?: string;
      readonly error?: ErrorReport;
    } & Place)
  | { readonly type: "node-set-aside"; readonly node: string; readonly error: ErrorReport }
  | {
      readonly type: "diagnostic";
      readonly level: "info" | "warning" | "error";
      readonly message: string;
      readonly node?: string;
      readonly error?: ErrorReport;
    }
  | ({ readonly type: "run-finished" } & RunSummary);

export type Emit = (event: RunEvent) => void;
