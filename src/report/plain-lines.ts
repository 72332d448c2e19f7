import type { RunEvent } from "../engine/events.ts";
import { seconds } from "../engine/time.ts";
import { eventLines } from "./event-lines.ts";
import type { Reporter } from "./reporter.ts";

export interface PlainLinesOptions {
  readonly write: (line: string) => void;
  /** Also the output lines of running steps. */
  readonly verbose?: boolean;
  /** The time a line is said; now unless told, as when a past run is shown again. */
  readonly clock?: () => Date;
  /** Milliseconds without a line after which the running steps are named, so that no CI thinks the run is dead; 0 for never. */
  readonly heartbeat?: number;
}

/** One line per finished step, for terminals without a screen and for CI logs: `12:03:11 w-1   done    Join the cluster: … 14.2 s`. */
export function plainLines(options: PlainLinesOptions): Reporter {
  const { write, verbose = false, clock = () => new Date(), heartbeat = seconds(30) } = options;
  const running = new Map<string, string>();
  let width = "cluster".length;
  let lastLine = Date.now();
  const say = (node: string | undefined, text: string) => {
    lastLine = Date.now();
    write(`${clock().toISOString().slice(11, 19)} ${(node ?? "cluster").padEnd(width)} ${text}`);
  };
  const nameRunning = () => {
    if (running.size === 0 || Date.now() - lastLine < heartbeat) return;
    say(undefined, `still running: ${[...running.values()].join(", ")}`);
  };
  const timer = heartbeat > 0 ? setInterval(nameRunning, heartbeat / 4).unref() : undefined;

  return {
    emit: (event: RunEvent) => {
      if (event.type === "run-started") width = Math.max(width, ...event.nodes.map((node) => node.length));
      if (event.type === "step-started") running.set(keyOf(event), nameOf(event));
      if (event.type === "step-finished") running.delete(keyOf(event));
      const node = "node" in event ? event.node : undefined;
      for (const text of eventLines(event, verbose ? "output" : "brief")) say(node, text);
    },
    end: () => clearInterval(timer),
  };
}

function keyOf({ step, node }: { step: string; node?: string }): string {
  return `${step}@${node ?? ""}`;
}

function nameOf({ title, node }: { title: string; node?: string }): string {
  return node === undefined ? title : `${title} (${node})`;
}
