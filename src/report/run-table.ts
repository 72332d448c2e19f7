import { formatDuration } from "../engine/time.ts";
import { countsInWords } from "./event-lines.ts";
import type { RunOverview } from "./list-runs.ts";

const headings = ["ID", "CLUSTER", "COMMAND", "STARTED (UTC)", "OUTCOME", "DURATION", "STEPS"] as const;

/** The list of runs as lines of a table, the heading first. */
export function runTable(runs: readonly RunOverview[]): string[] {
  const rows: (readonly string[])[] = [headings, ...runs.map(cellsOf)];
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function cellsOf({ id, cluster, outcome, counts, durationMs, run }: RunOverview): readonly string[] {
  const started = run === undefined ? "" : run.header.started.slice(0, 19).replace("T", " ");
  const duration = durationMs === undefined ? "" : formatDuration(durationMs);
  return [id, cluster, run?.header.command ?? "", started, outcome, duration, countsInWords(counts)];
}
