import type { RunEvent } from "../engine/events.ts";
import { redact } from "../engine/secret.ts";
import type { Reporter } from "./reporter.ts";

/**
 * One JSON object per line: `version` first, then every event with its time, `summary` last.
 * Readers ignore fields they do not know; the major number of `schema` changes when a field goes or changes meaning.
 */
export function ndjsonLines(write: (line: string) => void, programVersion: string): Reporter {
  const say = (value: object) => write(JSON.stringify({ ts: new Date().toISOString(), ...value }, redactStrings));
  say({ type: "version", schema: "1.0", kubeInstaller: programVersion });
  return {
    emit: (event: RunEvent) => say(event.type === "run-finished" ? { ...event, type: "summary" } : event),
    end: () => undefined,
  };
}

function redactStrings(_key: string, value: unknown): unknown {
  return typeof value === "string" ? redact(value) : value;
}
