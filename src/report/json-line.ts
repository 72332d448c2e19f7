import { redact } from "../engine/secret.ts";

/** A value as one line of JSON in which every text has lost its secrets; for everything that leaves as JSON. */
export function jsonLine(value: object): string {
  return JSON.stringify(value, redactStrings);
}

function redactStrings(_key: string, value: unknown): unknown {
  return typeof value === "string" ? redact(value) : value;
}
