import { type InstallerError, toInstallerError } from "../engine/errors.ts";
import type { RunSummary } from "../engine/events.ts";
import { alwaysSummarised } from "../report/always-summarised.ts";
import { formatError } from "../report/error-text.ts";
import { linesForPlace } from "../report/lines-for-place.ts";
import { ndjsonLines } from "../report/ndjson-lines.ts";
import type { Reporter } from "../report/reporter.ts";
import type { CommandContext } from "./command-context.ts";
import { version } from "./version.ts";

export interface OutputOptions {
  readonly output: "plain" | "ndjson";
  readonly verbose?: boolean;
}

/** How a command ended: the process exit code, and the failure that decided it. */
export interface CommandEnd {
  readonly exitCode: number;
  readonly error?: InstallerError;
}

/**
 * Runs a command whose events go to the chosen output. Whatever happens, a failure is told once at the end, and a
 * stream of JSON ends with its summary.
 */
export async function withReporters(
  { output, verbose = false }: OutputOptions,
  context: CommandContext,
  act: (report: Reporter) => Promise<CommandEnd>,
): Promise<number> {
  const lines =
    output === "ndjson" ? ndjsonLines(context.print, version) : linesForPlace({ write: context.print, verbose });
  const reporter = alwaysSummarised(lines);
  const end = await act(reporter).catch((thrown: unknown): CommandEnd => {
    const error = toInstallerError(thrown);
    return { exitCode: error.exitCode, error };
  });
  if (output === "ndjson") reporter.finish({ ...end, outcome: outcomeOf(end.exitCode) });
  reporter.end();
  if (end.error !== undefined) context.inform(formatError(end.error));
  if (end.error?.code === "bug" && end.error.cause instanceof Error) context.inform(end.error.cause.stack ?? "");
  return end.exitCode;
}

function outcomeOf(exitCode: number): RunSummary["outcome"] {
  return exitCode === 0 ? "ok" : exitCode === 130 ? "interrupted" : "failed";
}
