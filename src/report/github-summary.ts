import type { ErrorReport, RunSummary } from "../engine/events.ts";
import { printableText } from "../engine/printable.ts";
import { formatDuration } from "../engine/time.ts";
import { countsInWords } from "./event-lines.ts";

const mostErrors = 50;
const titles = { ok: "✅ done", failed: "❌ failed", partial: "⚠️ partly done", interrupted: "⏹️ interrupted" } as const;

/** A run in Markdown, for the page of a CI job. */
export function runSummaryMarkdown(summary: RunSummary, failed: readonly ErrorReport[]): string {
  const { outcome, durationMs, counts, setAside, criticalPath, slowest = [] } = summary;
  const parts = [
    `## kube-installer: ${titles[outcome]} after ${formatDuration(durationMs)}`,
    `Steps: ${countsInWords(counts) || "none"}.`,
  ];
  if (setAside.length > 0) parts.push(`Set aside: ${setAside.map(cell).join(", ")}.`);
  if (failed.length > 0) {
    const rows = failed
      .slice(0, mostErrors)
      .map((error) => [error.node ?? "cluster", error.step ?? "", `\`${error.code}\``, error.message]);
    parts.push(table(["node", "step", "error", "message"], rows));
    if (failed.length > mostErrors) parts.push(`… and ${failed.length - mostErrors} more.`);
  }
  if (criticalPath.length > 0) {
    const rows = criticalPath.map(({ step, node, durationMs: time }) => [
      step,
      node ?? "cluster",
      formatDuration(time),
    ]);
    parts.push(folded("Critical path", table(["step", "node", "time"], rows)));
  }
  if (slowest.length > 0) {
    const rows = slowest.map(({ step, instances, medianMs, maxMs, totalMs }) => [
      step,
      String(instances),
      ...[maxMs, medianMs, totalMs].map(formatDuration),
    ]);
    parts.push(folded("Slowest steps", table(["step", "instances", "slowest", "median", "all"], rows)));
  }
  return printableText(`${parts.join("\n\n")}\n`);
}

function folded(title: string, content: string): string {
  return `<details><summary>${title}</summary>\n\n${content}\n\n</details>`;
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return [headings, headings.map(() => "---"), ...rows.map((row) => row.map(cell))]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}

function cell(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll("|", "\\|")
    .replaceAll(/\s*\n\s*/g, "<br>");
}
