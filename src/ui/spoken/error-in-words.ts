import { errorReport } from "../../engine/error-report.ts";
import type { InstallerError } from "../../engine/errors.ts";
import type { ErrorReport } from "../../engine/events.ts";
import { failureLines, type ShownFailure } from "../run/failures.ts";
import { printableValue } from "../state/printable-value.ts";

/** Why something could not be done: every reason, node by node. */
export function errorInWords(error: InstallerError): readonly string[] {
  const { failures = [], ...report }: ErrorReport = printableValue(errorReport(error));
  if (failures.length === 0) return failureInWords({ title: report.node ?? "This cannot be done", error: report });
  const reasons = failures.map((one) => ({ title: one.node ?? "This cannot be done", error: one }));
  return [report.message, ...reasons.flatMap(failureInWords)];
}

/** A failure to listen to: where, what, why and what to do next; of a script only how long it is, of a file no picture. */
export function failureInWords({ error, ...rest }: ShownFailure): readonly string[] {
  const { command, problems, ...others } = error;
  return failureLines({
    ...rest,
    error: {
      ...others,
      ...(command === undefined ? {} : { command: shortened(command) }),
      ...(problems === undefined ? {} : { problems: problems.map(({ excerpt: _, ...problem }) => problem) }),
    },
  });
}

function shortened(command: string): string {
  const lines = command.trimEnd().split("\n").length;
  return lines === 1 ? command : `a script of ${lines} lines, which the log has`;
}
