import { appendFileSync } from "node:fs";
import type { ErrorReport, RunEvent } from "../engine/events.ts";
import { printableText } from "../engine/printable.ts";
import { formatErrorReport } from "./error-text.ts";
import { eventLines } from "./event-lines.ts";
import { runSummaryMarkdown } from "./github-summary.ts";
import { harmlessLine } from "./harmless-line.ts";
import { keptLines } from "./kept-lines.ts";
import { plainLines } from "./plain-lines.ts";
import type { Reporter } from "./reporter.ts";

export interface GithubActionsOptions {
  readonly write: (line: string) => void;
  /** The file named by `GITHUB_STEP_SUMMARY`. */
  readonly summaryFile?: string | undefined;
}

/**
 * Plain lines for a job of GitHub Actions: what a step's commands printed folds away below the line of the step, errors
 * become annotations, and the page of the job gets a summary.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubActions({ write, summaryFile }: GithubActionsOptions): Reporter {
  const printed = keptLines();
  const failed: ErrorReport[] = [];
  let heading = "";
  const plain = plainLines({
    write: (line) => {
      write(`${heading}${heading === "" ? harmlessLine(line) : escapeData(harmlessLine(line))}`);
      heading = "";
    },
  });
  const annotate = (kind: "error" | "warning", title: string, text: string) => {
    write(`::${kind} title=${escapeProperty(printableText(title))}::${escapeData(printableText(text))}`);
  };

  const addSummary = (file: string, markdown: string) => {
    try {
      appendFileSync(file, markdown);
    } catch (thrown) {
      annotate("warning", "summary", `The summary of this run cannot be written: ${String(thrown)}`);
    }
  };

  return {
    emit: (event: RunEvent) => {
      if (event.type === "step-output") return printed.add(event, eventLines(event, "output"));
      if (event.type !== "step-finished") plain.emit(event);
      switch (event.type) {
        case "step-finished": {
          const lines = printed.take(event);
          heading = lines.length === 0 ? "" : "::group::";
          plain.emit(event);
          for (const line of lines) write(harmlessLine(line));
          if (lines.length > 0) write("::endgroup::");
          if (event.error === undefined) break;
          failed.push(event.error);
          annotate("error", placeOf(event), formatErrorReport(event.error));
          break;
        }
        case "node-set-aside":
          annotate("warning", `${event.node} is set aside`, event.error.message);
          break;
        case "diagnostic":
          if (event.level === "info") break;
          annotate(
            event.level,
            event.node ?? "kube-installer",
            event.error ? formatErrorReport(event.error) : event.message,
          );
          break;
        case "run-finished":
          if (summaryFile !== undefined) addSummary(summaryFile, runSummaryMarkdown(event, failed));
          break;
      }
    },
    end: () => plain.end(),
  };
}

function placeOf({ title, node }: { title: string; node?: string }): string {
  return node === undefined ? title : `${node}: ${title}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
