import { type InstallerError, toInstallerError } from "../engine/errors.ts";
import { printableText } from "../engine/printable.ts";
import { formatError } from "../report/error-text.ts";
import { harmlessText } from "../report/harmless-line.ts";

/** Tells the operator on stderr what went wrong and returns the exit code; only a bug shows a stack. */
export function reportFailure(thrown: unknown): number {
  const error = toInstallerError(thrown);
  const say = (text: string) => void process.stderr.write(`${harmlessText(printableText(text))}\n`);
  say(formatError(error));
  if (error.code === "bug") say(stackOf(error));
  return error.exitCode;
}

function stackOf(error: InstallerError): string {
  const origin = error.cause instanceof Error ? error.cause : error;
  return origin.stack ?? origin.message;
}
