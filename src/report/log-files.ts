import { appendFileSync } from "node:fs";
import type { RunEvent } from "../engine/events.ts";
import { privateFileMode } from "../engine/state-folder.ts";
import { eventLines } from "./event-lines.ts";
import type { Reporter } from "./reporter.ts";
import { runFiles } from "./run-folder.ts";
import type { Attempt } from "./tolerance.ts";

/** Everything a run says as text for people, with full times: all of it in `run.log`, each node's part in `nodes/NODE.log`. */
export function logFiles(folder: string, attempt: Attempt): Reporter {
  const files = runFiles(folder);
  const append = (path: string, lines: readonly string[]) =>
    attempt(() => appendFileSync(path, lines.map((line) => `${line}\n`).join(""), { mode: privateFileMode }));

  return {
    emit: (event: RunEvent) => {
      const time = new Date().toISOString();
      const lines = eventLines(event, "full");
      if (lines.length === 0) return;
      const node = "node" in event ? event.node : undefined;
      append(
        files.log,
        lines.map((line) => `${time} ${node ?? "cluster"} ${line}`),
      );
      if (node === undefined) return;
      append(
        files.nodeLog(node),
        lines.map((line) => `${time} ${line}`),
      );
    },
    end: () => undefined,
  };
}
