import type { RunEvent, RunSummary, StepOutcome } from "../engine/events.ts";
import { redact } from "../engine/secret.ts";
import { formatDuration, seconds } from "../engine/time.ts";
import type { Reporter } from "./reporter.ts";

const marks: Record<StepOutcome, string> = {
  satisfied: "ok     ",
  changed: "done   ",
  "would-change": "would  ",
  failed: "FAILED ",
  skipped: "skipped",
};

export interface PlainLinesOptions {
  readonly write: (line: string) => void;
  /** Also the output lines of running steps. */
  readonly verbose?: boolean;
  /** Milliseconds without a line after which the running steps are named, so that no CI thinks the run is dead. */
  readonly heartbeat?: number;
}

/** One line per finished step, for terminals without a screen and for CI logs: `12:03:11 w-1   done    Join the cluster: … 14.2 s`. */
export function plainLines({ write, verbose = false, heartbeat = seconds(30) }: PlainLinesOptions): Reporter {
  const running = new Map<string, string>();
  let width = "cluster".length;
  let lastLine = Date.now();
  const say = (node: string | undefined, text: string) => {
    lastLine = Date.now();
    write(redact(`${new Date().toISOString().slice(11, 19)} ${(node ?? "cluster").padEnd(width)} ${text}`));
  };
  const timer = setInterval(() => {
    if (running.size === 0 || Date.now() - lastLine < heartbeat) return;
    say(undefined, `still running: ${[...running.values()].join(", ")}`);
  }, heartbeat / 4);
  timer.unref();

  return {
    emit: (event: RunEvent) => {
      switch (event.type) {
        case "run-started":
          width = Math.max(width, ...event.nodes.map((node) => node.length));
          say(
            undefined,
            `${event.dryRun ? "dry run of" : "running"} ${event.steps} steps on ${event.nodes.length} nodes`,
          );
          break;
        case "step-started":
          running.set(keyOf(event), `${event.title}${event.node === undefined ? "" : ` (${event.node})`}`);
          break;
        case "step-output":
          if (verbose) say(event.node, `        | ${event.line}`);
          break;
        case "step-finished":
          running.delete(keyOf(event));
          say(event.node, `${marks[event.outcome]} ${event.title}: ${event.message}${timeOf(event)}`);
          break;
        case "node-set-aside":
          say(event.node, `this node is set aside, the others go on: ${event.error.message}`);
          break;
        case "diagnostic":
          say(event.node, `${event.level === "info" ? "" : `${event.level}: `}${event.message}`);
          break;
        case "run-finished":
          say(undefined, summaryLine(event));
          break;
      }
    },
    end: () => clearInterval(timer),
  };
}

function keyOf({ step, node }: { step: string; node?: string }): string {
  return `${step}@${node ?? ""}`;
}

function timeOf({ outcome, durationMs }: { outcome: StepOutcome; durationMs: number }): string {
  return outcome === "changed" || outcome === "failed" ? ` (${formatDuration(durationMs)})` : "";
}

function summaryLine({ outcome, counts, setAside, durationMs }: RunSummary): string {
  const parts = Object.entries(counts).flatMap(([name, count]) => (count > 0 ? [`${count} ${name}`] : []));
  const aside = setAside.length > 0 ? `; set aside: ${setAside.join(", ")}` : "";
  return `${outcome} after ${formatDuration(durationMs)}: ${parts.join(", ")}${aside}`;
}
