import { flowText } from "./flow-text.ts";
import { schemaAt } from "./json-schema.ts";
import { type Path, showable } from "./path.ts";

/** How to turn a value of the wrong type into what was most likely meant, if that can be told. */
export function typeHint(expected: string, value: unknown, spelling: string, path: Path): string | undefined {
  const simple = typeof value === "number" || typeof value === "boolean";
  if (expected === "string" && simple && spelling.length < 40) return quotingHint(spelling.trim(), path);
  if ((expected === "int" || expected === "number") && typeof value === "string" && /^\d+$/.test(value)) {
    return `take the quotation marks away: ${value}`;
  }
  if (expected === "array" && (typeof value === "string" || simple) && String(value).length < 40) {
    return `write a list: [${showable(String(value))}]`;
  }
  if (expected === "array" && typeof value === "object") return "begin each item of the list with `- `";
  if (expected === "object" && (typeof value === "string" || simple)) {
    const example = exampleLine(path);
    return example === undefined ? undefined : `for example \`${example}\``;
  }
  return undefined;
}

/** Quotation marks help only when the text in them is of the right form. */
function quotingHint(written: string, path: Path): string {
  const { pattern, examples = [] } = schemaAt(path) ?? {};
  if (pattern === undefined || new RegExp(pattern).test(written)) return `put it in quotation marks: "${written}"`;
  return `write it in full and in quotation marks, for example ${path.at(-1)}: "${examples[0]}"`;
}

/** `key: value` with the schema's own example, for values short enough to fit a line. */
export function exampleLine(path: Path): string | undefined {
  const schema = schemaAt(path);
  const example = schema?.examples?.[0];
  const key = path.at(-1);
  if (schema === undefined || example === undefined) return undefined;
  return `${typeof key === "string" ? `${key}: ` : "- "}${flowText(example)}`;
}
