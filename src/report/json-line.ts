import { printableText } from "../engine/printable.ts";

/** A value as one line of JSON in which every text has lost its secrets and terminal sequences; for everything that leaves as JSON. */
export function jsonLine(value: object): string {
  return JSON.stringify(value, printableStrings);
}

function printableStrings(_key: string, value: unknown): unknown {
  return typeof value === "string" ? printableText(value) : value;
}
