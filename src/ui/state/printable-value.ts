import { printableText } from "../../engine/printable.ts";
import { redact } from "../../engine/secret.ts";
import { expandTabs } from "./display-width.ts";

/** More of one line is no use on a screen; the log files have all of it. */
const longestLine = 4000;
/** Most lines: there is nothing to take out of them but secrets. */
const plain = /^[ -~]*$/;

/** A text fit for the screen: no terminal sequence, no secret, no tab, no endless line; its line ends stay. */
export function printable(text: string): string {
  if (text.length <= longestLine && plain.test(text)) return redact(text);
  return printableText(text)
    .split("\n")
    .map((line) => expandTabs(line.length > longestLine ? line.slice(0, longestLine) : line))
    .join("\n");
}

/** Plain data in which every text is fit for the screen. */
export function printableValue<T>(value: T): T {
  return convert(value) as T;
}

function convert(value: unknown): unknown {
  if (typeof value === "string") return printable(value);
  if (Array.isArray(value)) return value.map(convert);
  if (!isRecord(value)) return value;
  let result = value;
  for (const key of Object.keys(value)) {
    const fit = convert(value[key]);
    if (fit !== value[key]) result = { ...result, [key]: fit };
  }
  return result;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !(value instanceof Date);
}
