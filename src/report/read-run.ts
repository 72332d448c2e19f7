import { InstallerError } from "../engine/errors.ts";
import type { RunEvent, RunSummary } from "../engine/events.ts";
import { type JournalHeader, type JournalLine, journalHeaderSchema, journalLineSchema } from "./journal-format.ts";
import { wholeLines } from "./whole-lines.ts";

/** An event with the time it happened. */
export interface RecordedEvent {
  readonly at: Date;
  readonly event: RunEvent;
}

/** A run as its journal tells it. */
export interface RecordedRun {
  readonly header: JournalHeader;
  readonly events: readonly RecordedEvent[];
  /** The summary; absent when the run was cut off before its end. */
  readonly summary?: RunSummary;
  /** How many events could not be written or cannot be read, not counting a last line cut off in the middle. */
  readonly lost: number;
}

/** Which events of a journal are read. */
export type Wanted = (type: string) => boolean;

/** All but what commands printed, which is most of a journal. */
export const withoutOutput: Wanted = (type) => type !== "step-output";
/** What tells whether a run began its steps and how it ended. */
export const outlineOnly: Wanted = (type) => type === "run-started" || type === "run-finished";

/**
 * Reads a journal; a last line cut off in the middle, as a crash leaves it, is left out.
 * @throws InstallerError `journal-unreadable`
 */
export async function readRun(path: string, wanted: Wanted = () => true): Promise<RecordedRun> {
  let header: JournalHeader | undefined;
  const events: RecordedEvent[] = [];
  let summary: RunSummary | undefined;
  let lost = 0;
  for await (const line of linesOf(path)) {
    if (header === undefined) {
      header = parseHeader(path, line);
      continue;
    }
    const type = typeOf.exec(line)?.[1];
    if (type !== undefined && type !== "gap" && !wanted(type)) continue;
    const parsed = parseLine(line);
    if (parsed === undefined) lost += 1;
    else if (parsed.type === "gap") lost += parsed.lost;
    else {
      const { ts, ...event } = parsed;
      events.push({ at: new Date(ts), event });
      if (event.type === "run-finished") summary = event;
    }
  }
  if (header === undefined) throw unreadable(path, "its first line is missing");
  return { header, events, lost, ...(summary === undefined ? {} : { summary }) };
}

const typeOf = /^\{"ts":"[^"]*","type":"([^"]*)"/;

function parseHeader(path: string, line: string): JournalHeader {
  const parsed = journalHeaderSchema.safeParse(jsonOf(line));
  if (parsed.success) return parsed.data;
  throw unreadable(path, "its first line does not say what run it is of, in a form this version knows");
}

function parseLine(line: string): JournalLine | undefined {
  return journalLineSchema.safeParse(jsonOf(line)).data;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  try {
    yield* wholeLines(path);
  } catch (thrown) {
    throw unreadable(path, thrown instanceof Error ? thrown.message : String(thrown), thrown);
  }
}

function unreadable(path: string, why: string, cause?: unknown): InstallerError {
  return new InstallerError("journal-unreadable", {
    message: `The journal ${path} cannot be read: ${why}.`,
    nextSteps: ["list the runs that can be read with `kube-installer runs`"],
    ...(cause === undefined ? {} : { cause }),
  });
}
