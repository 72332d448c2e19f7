import { type ErrorCode, errorCatalogue } from "./error-catalogue.ts";
import type { Problem } from "./problem.ts";
import { redact } from "./secret.ts";

export type { ErrorCode } from "./error-catalogue.ts";

/** What is known about a failure beyond its code; everything here may be shown to the operator. */
export interface ErrorDetails {
  /** What was being done when it failed, as a sentence the operator understands. */
  message: string;
  node?: string;
  step?: string;
  /** The remote or local command, secrets already left out. */
  command?: string;
  /** The exit code of that command. */
  commandExitCode?: number;
  /** The last lines the command printed. */
  output?: string;
  likelyCause?: string;
  /** What the operator can do next, most promising first; commands stand in backticks. */
  nextSteps?: readonly string[];
  /** What is wrong with the operator's file, place by place; print each with `formatProblem`. */
  problems?: readonly Problem[];
  /** The failures this one stands for, when several nodes failed at once. */
  failures?: readonly InstallerError[];
  cause?: unknown;
}

/** A failure with a stable code: something the operator, not a developer, can act on. */
export class InstallerError extends Error {
  override readonly name = "InstallerError";
  readonly code: ErrorCode;
  readonly details: Omit<ErrorDetails, "message" | "cause">;

  constructor(code: ErrorCode, { message, cause, ...details }: ErrorDetails) {
    super(redact(message), cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = {
      ...details,
      ...(details.command === undefined ? {} : { command: redact(details.command) }),
      ...(details.output === undefined ? {} : { output: redact(details.output) }),
    };
  }

  /** The process exit code this failure leads to when nothing else decides it. */
  get exitCode(): number {
    return errorCatalogue[this.code].exitCode;
  }

  /** The same failure with the place it happened filled in where the thrower could not know it. */
  at(place: { node?: string | undefined; step?: string | undefined }): InstallerError {
    const node = this.details.node ?? place.node;
    const step = this.details.step ?? place.step;
    return new InstallerError(this.code, {
      message: this.message,
      ...this.details,
      ...(node === undefined ? {} : { node }),
      ...(step === undefined ? {} : { step }),
      ...(this.cause === undefined ? {} : { cause: this.cause }),
    });
  }
}

/** Turns whatever was thrown into an InstallerError; the only place where `unknown` gets a type. */
export function toInstallerError(thrown: unknown): InstallerError {
  if (thrown instanceof InstallerError) return thrown;
  if (isAbort(thrown)) return new InstallerError("interrupted", { message: "Interrupted.", cause: thrown });
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof Error && thrown.name === "TimeoutError")
    return new InstallerError("deadline-exceeded", { message: "No answer came in time.", cause: thrown });
  if (isOwnDisk(thrown))
    return new InstallerError("own-files", { message: `On this machine: ${message}`, cause: thrown });
  return new InstallerError("bug", { message: `Unexpected failure: ${message}`, cause: thrown });
}

/** What this machine's file system refuses for reasons that are no mistake of the program. */
const refusals: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM", "EIO", "ENOTDIR"]);

function isOwnDisk(thrown: unknown): boolean {
  if (!(thrown instanceof Error) || !("code" in thrown) || !refusals.has(thrown.code)) return false;
  return "path" in thrown || thrown.code === "ENOSPC" || thrown.code === "EDQUOT";
}

function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === "AbortError";
}
