import { closeSync, fdatasync, fsyncSync, ftruncateSync, openSync, writeSync } from "node:fs";
import type { RunEvent } from "../engine/events.ts";
import { privateFileMode } from "../engine/state-folder.ts";
import type { JournalHeader } from "./journal-format.ts";
import { eventLine, jsonLine } from "./json-line.ts";
import type { Reporter } from "./reporter.ts";
import type { Attempt } from "./tolerance.ts";

/** Events after which the journal is forced to the disk: the boundaries of steps, and what decides about nodes. */
const boundaries: ReadonlySet<RunEvent["type"]> = new Set(["step-started", "step-finished", "node-set-aside"]);

/**
 * Writes a run's events to a new file as JSON lines, secrets left out. A line is in the hands of the kernel before
 * `emit` returns, so that killing the process loses nothing; step boundaries are also forced to the disk, many at once
 * when many steps run, so that a slow disk does not hold them up.
 */
export function openJournal(path: string, header: JournalHeader, attempt: Attempt): Reporter {
  const file = openSync(path, "ax", privateFileMode);
  const disk = syncInBackground(file, attempt);
  let lost = 0;
  let size = 0;
  const append = (line: () => string): boolean =>
    attempt(() => {
      size += writeWhole(file, `${line()}\n`, size);
    });
  append(() => jsonLine(header));

  const note = (event: RunEvent): void => {
    const ts = new Date().toISOString();
    if (lost > 0 && append(() => jsonLine({ ts, type: "gap", lost }))) lost = 0;
    if (lost > 0 || !append(() => eventLine(ts, event))) lost += 1;
  };
  return {
    emit: (event) => {
      note(event);
      if (event.type === "run-started" || event.type === "run-finished") attempt(() => fsyncSync(file));
      if (boundaries.has(event.type)) disk.sync();
    },
    end: () => {
      attempt(() => fsyncSync(file));
      disk.close();
    },
  };
}

/** Appends the text to a file of that size or, when there is no room for all of it, nothing; gives the bytes written. */
function writeWhole(file: number, text: string, size: number): number {
  const bytes = Buffer.from(text);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
  } catch (thrown) {
    ftruncateSync(file, size);
    throw thrown;
  }
  return bytes.length;
}

/** Forces a file to the disk without holding up the run: whatever is asked for during one write is done by the next. */
function syncInBackground(file: number, attempt: Attempt): { sync(): void; close(): void } {
  let state: "idle" | "busy" | "again" = "idle";
  let closed = false;
  const start = (): void => {
    state = "busy";
    fdatasync(file, (error) => {
      attempt(() => {
        if (error !== null) throw error;
      });
      const again = state === "again" && !closed;
      state = "idle";
      if (again) start();
      else if (closed) closeSync(file);
    });
  };
  return {
    sync: () => {
      if (state === "idle") start();
      else state = "again";
    },
    close: () => {
      closed = true;
      if (state === "idle") closeSync(file);
    },
  };
}
