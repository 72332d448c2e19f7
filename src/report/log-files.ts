import { appendFileSync } from "node:fs";
import type { RunEvent } from "../engine/events.ts";
import { privateFileMode } from "../engine/state-folder.ts";
import { eventLines } from "./event-lines.ts";
import type { Reporter } from "./reporter.ts";
import { runFiles } from "./run-folder.ts";
import type { Attempt } from "./tolerance.ts";

/** Milliseconds lines may wait, so that those of a file are written in one go. */
const patience = 100;

/**
 * Everything a run says as text for people, with full times: all of it in `run.log`, each node's part in
 * `nodes/NODE.log`. The last tenth of a second of a program that is killed is in its journal only.
 */
export function logFiles(folder: string, attempt: Attempt): Reporter {
  const files = runFiles(folder);
  const waiting = new Map<string, string[]>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const [path, lines] of waiting) {
      attempt(() => appendFileSync(path, lines.join(""), { mode: privateFileMode }));
    }
    waiting.clear();
  };
  const append = (path: string, lines: readonly string[]): void => {
    const before = waiting.get(path);
    if (before === undefined) waiting.set(path, [...lines]);
    else before.push(...lines);
    timer ??= setTimeout(flush, patience);
  };

  return {
    emit: (event: RunEvent) => {
      const time = new Date().toISOString();
      const lines = eventLines(event, "full");
      if (lines.length === 0) return;
      const node = "node" in event ? event.node : undefined;
      append(
        files.log,
        lines.map((line) => `${time} ${node ?? "cluster"} ${line}\n`),
      );
      if (node === undefined) return;
      append(
        files.nodeLog(node),
        lines.map((line) => `${time} ${line}\n`),
      );
    },
    end: flush,
  };
}
