import type { RunSummary } from "../engine/events.ts";
import { formatDuration, seconds } from "../engine/time.ts";

/** What took less needs no line of its own. */
const worthALine = seconds(1);

/**
 * Where the time of a run went, for people, at most 60 characters wide: the chain of steps that decided how long it took,
 * and the slowest steps. Nothing for a run that changed nothing.
 */
export function timingLines({ counts, criticalPath, slowest = [] }: RunSummary): readonly string[] {
  if (counts.changed + counts.failed === 0) return [];
  return [...criticalPathLines(criticalPath), ...slowestLines(slowest)];
}

function criticalPathLines(path: RunSummary["criticalPath"]): readonly string[] {
  const long = path.filter(({ durationMs }) => durationMs >= worthALine);
  if (long.length === 0) return [];
  const total = path.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const quick = path.length - long.length;
  const steps = long.map(
    ({ step, node, durationMs }) => `${time(durationMs)}  ${step.padEnd(23)}  ${node ?? "cluster"}`,
  );
  const rest = quick === 0 ? [] : [`${" ".repeat(timeWidth)}  and ${quick} of less than ${formatDuration(worthALine)}`];
  return [`critical path, ${formatDuration(total)}:`, ...steps, ...rest];
}

function slowestLines(slowest: NonNullable<RunSummary["slowest"]>): readonly string[] {
  const long = slowest.filter(({ maxMs }) => maxMs >= worthALine);
  if (long.length === 0) return [];
  const row = (max: string, median: string, total: string, step: string) =>
    `${max.padStart(timeWidth)}  ${median.padStart(timeWidth)}  ${total.padStart(timeWidth)}  ${step}`;
  return [
    "slowest steps:",
    row("slowest", "median", "all", ""),
    ...long.map(({ step, instances, medianMs, maxMs, totalMs }) =>
      row(...durations(maxMs, medianMs, totalMs), instances === 1 ? step : `${step} × ${instances}`),
    ),
  ].map((line) => line.trimEnd());
}

/** As wide as the longest usual duration, `10 min 05 s`. */
const timeWidth = 11;

function time(milliseconds: number): string {
  return formatDuration(milliseconds).padStart(timeWidth);
}

function durations(max: number, median: number, total: number): [string, string, string] {
  return [formatDuration(max), formatDuration(median), formatDuration(total)];
}
