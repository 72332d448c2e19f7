import type { RunEvent } from "../engine/events.ts";
import { eventLine } from "./json-line.ts";
import type { Reporter } from "./reporter.ts";

/**
 * One JSON object per line: `version` first, then every event with its time, `summary` last.
 * Readers ignore fields they do not know; the major number of `schema` changes when a field goes or changes meaning.
 */
export function ndjsonLines(write: (line: string) => void, programVersion: string): Reporter {
  const say = (value: object) => write(eventLine(new Date().toISOString(), value));
  say({ type: "version", schema: "1.0", kubeInstaller: programVersion });
  return {
    emit: (event: RunEvent) => say(event.type === "run-finished" ? { ...event, type: "summary" } : event),
    end: () => undefined,
  };
}
