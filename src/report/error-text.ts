import { errorReport } from "../engine/error-report.ts";
import type { InstallerError } from "../engine/errors.ts";
import type { ErrorReport } from "../engine/events.ts";
import { printableText } from "../engine/printable.ts";
import { formatProblem } from "../engine/problem.ts";

/** An error as lines for people: the problems of a file if there are any, what failed and where, the evidence, the likely cause, what to do next. */
export function formatError(error: InstallerError): string {
  return formatErrorReport(errorReport(error));
}

/** The same for an error that travelled in an event. */
export function formatErrorReport(error: ErrorReport): string {
  const {
    node,
    step,
    command,
    commandExitCode,
    output,
    likelyCause,
    nextSteps = [],
    problems = [],
    failures = [],
  } = error;
  const place = [node === undefined ? undefined : `node ${node}`, step === undefined ? undefined : `step ${step}`]
    .filter((part) => part !== undefined)
    .join(", ");
  const lines = [...problems.map(formatProblem), `error[${error.code}]: ${error.message}`];
  for (const failure of failures) lines.push(`  ${formatErrorReport(failure).replaceAll("\n", "\n  ")}`);
  if (place !== "") lines.push(`  where:   ${place}`);
  if (command !== undefined) lines.push(`  command: ${indent(command)}`);
  if (commandExitCode !== undefined) lines.push(`  exit:    ${commandExitCode}`);
  if (output !== undefined && output.trim() !== "")
    lines.push("  output:", `    ${output.trimEnd().replaceAll("\n", "\n    ")}`);
  if (likelyCause !== undefined) lines.push(`  likely:  ${indent(likelyCause)}`);
  for (const [index, next] of nextSteps.entries())
    lines.push(`  ${index === 0 ? "next:   " : "        "} ${indent(next)}`);
  return printableText(lines.join("\n"));
}

function indent(text: string): string {
  return text.replaceAll("\n", "\n           ");
}
