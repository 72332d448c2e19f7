/** Where a value stands in a document: keys and list positions from the root. */
export type Path = readonly (string | number)[];

/** `["spec", "nodes", 1, "name"]` as people write it: `spec.nodes[1].name`. */
export function formatPath(path: Path): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else if (/^[\p{L}\p{N}_-]+$/u.test(part)) text += text === "" ? part : `.${part}`;
    else text += `[${quote(part)}]`;
  }
  return text;
}

const longest = 60;

/** A text in quotation marks, safe to print and not too long. */
export function quote(text: string): string {
  const shortened = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return `"${printable(shortened).replaceAll(/["\\]/g, "\\$&")}"`;
}

/** The text with everything that could move a cursor or reorder characters replaced by one visible character each. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => (character === "\t" ? character : "�"));
}
