import type { RunEvent, RunSummary, StepOutcome } from "../engine/events.ts";
import { printableText } from "../engine/printable.ts";
import { formatDuration } from "../engine/time.ts";
import { formatErrorReport } from "./error-text.ts";
import { preflightReportLines } from "./preflight-report.ts";
import { timingLines } from "./timing-lines.ts";

/** `brief`: one line per finished step; `output`: also what commands print; `full`: also starts and whole errors. */
export type Detail = "brief" | "output" | "full";

const marks: Record<StepOutcome, string> = {
  satisfied: "ok     ",
  changed: "done   ",
  "would-change": "would  ",
  failed: "FAILED ",
  skipped: "skipped",
};
const margin = " ".repeat(marks.satisfied.length);

/** An event in words, without time and node; safe to print whatever a remote machine said, secrets left out. */
export function eventLines(event: RunEvent, detail: Detail): readonly string[] {
  return textOf(event, detail).flatMap((text) => printableText(text).split("\n").map(indented));
}

function indented(line: string, index: number): string {
  return index === 0 ? line : `${margin}   ${line}`;
}

function textOf(event: RunEvent, detail: Detail): readonly string[] {
  switch (event.type) {
    case "run-started": {
      const verb = event.dryRun ? "dry run of" : "running";
      return [`${verb} ${event.steps} steps on ${event.nodes.length} nodes`];
    }
    case "preflight":
      return preflightReportLines(event);
    case "step-started":
      return detail === "full" ? [`start   ${event.title}`] : [];
    case "step-output":
      return detail === "brief" ? [] : [`${margin} | ${event.line}`];
    case "step-finished": {
      const line = `${marks[event.outcome]} ${event.title}: ${event.message}${timeOf(event)}${dangerOf(event)}`;
      return detail === "full" && event.error !== undefined ? [line, formatErrorReport(event.error)] : [line];
    }
    case "node-set-aside":
      return [`this node is set aside, the others go on: ${event.error.message}`];
    case "diagnostic": {
      const line = `${event.level === "info" ? "" : `${event.level}: `}${event.message}`;
      return detail === "full" && event.error !== undefined ? [line, formatErrorReport(event.error)] : [line];
    }
    case "run-finished":
      return [summaryLine(event), ...timingLines(event)];
  }
}

function timeOf({ outcome, durationMs }: { outcome: StepOutcome; durationMs: number }): string {
  return outcome === "changed" || outcome === "failed" ? ` (${formatDuration(durationMs)})` : "";
}

/** Only before it is done: afterwards the warning comes too late. */
function dangerOf({ outcome, danger }: { outcome: StepOutcome; danger?: string }): string {
  return outcome === "would-change" && danger !== undefined ? `\ndanger: ${danger}` : "";
}

function summaryLine({ outcome, counts, setAside, durationMs }: RunSummary): string {
  const aside = setAside.length > 0 ? `; set aside: ${setAside.join(", ")}` : "";
  return `${outcome} after ${formatDuration(durationMs)}: ${countsInWords(counts)}${aside}`;
}

/** `3 satisfied, 20 changed`: how many steps ended in which way, zeros left out. */
export function countsInWords(counts: Readonly<Partial<Record<StepOutcome, number>>>): string {
  return Object.entries(counts)
    .flatMap(([name, count]) => (count > 0 ? [`${count} ${name}`] : []))
    .join(", ");
}
