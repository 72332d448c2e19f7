import { printableText } from "../engine/printable.ts";

/** A value as one line of JSON in which every text has lost its secrets and terminal sequences; for everything that leaves as JSON. */
export function jsonLine(value: object): string {
  return JSON.stringify(value, printableStrings);
}

let last: { readonly event: object; readonly json: string } | undefined;

/** An event as one such line that begins with its time. What goes to several places at once is put into JSON once. */
export function eventLine(ts: string, event: object): string {
  if (last?.event !== event) last = { event, json: jsonLine(event) };
  return `{"ts":"${ts}",${last.json.slice(1)}`;
}

function printableStrings(_key: string, value: unknown): unknown {
  return typeof value === "string" ? printableText(value) : value;
}
