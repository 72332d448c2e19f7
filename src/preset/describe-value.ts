import { quote } from "./path.ts";

/** What was found, in the words of YAML. */
export function describeValue(value: unknown, spelling: string): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a mapping";
  if (typeof value === "string") return value === "" ? "an empty string" : `the string ${quote(value)}`;
  if (typeof value === "boolean") return `the boolean ${value}`;
  const written = spelling.trim();
  return written === "" || written === String(value)
    ? `the number ${value}`
    : `the number ${written}, which YAML reads as ${value}`;
}
