import { type InstallerError, toInstallerError } from "../engine/errors.ts";
import { formatError } from "../report/error-text.ts";

/** Tells the operator on stderr what went wrong and returns the exit code; only a bug shows a stack. */
export function reportFailure(thrown: unknown): number {
  const error = toInstallerError(thrown);
  process.stderr.write(`${formatError(error)}\n`);
  if (error.code === "bug") process.stderr.write(`${stackOf(error)}\n`);
  return error.exitCode;
}

function stackOf(error: InstallerError): string {
  const origin = error.cause instanceof Error ? error.cause : error;
  return origin.stack ?? origin.message;
}
