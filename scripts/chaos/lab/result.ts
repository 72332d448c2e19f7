import type { RunVerdict } from "./judge.ts";

/** What came of one case: a line of the results file. */
export interface CaseResult {
  readonly type: "case";
  readonly id: string;
  readonly kind: "point" | "moment" | "fault" | "chained" | "after-chain";
  readonly at: string;
  /** The moment never came, because the run ended before it: nothing was tested. */
  readonly missed?: true;
  /** Milliseconds from the start of the run to the kill or the fault. */
  readonly struckAt?: number;
  /** How the disturbed run ended, when it was not killed. */
  readonly disturbed?: RunVerdict;
  readonly next?: RunVerdict;
  readonly third?: RunVerdict;
  readonly healthyAfterMs?: number;
  readonly destroyed?: RunVerdict;
  readonly durationMs: number;
  readonly violations: readonly string[];
  /** Where journals and logs of a broken promise are. */
  readonly evidence?: string;
}
