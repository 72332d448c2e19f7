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

/** The `user:password` of addresses such as `http://user:password@host`; the password may hold an @ itself. */
export const addressCredentials = /(?<=:\/\/)[^/\s]+(?=@)/g;

/** What somebody has written, with everything that nobody should see or that could move a cursor replaced. */
export function showable(text: string): string {
  return printable(text.replaceAll(addressCredentials, "***"));
}

/** A text in quotation marks, safe to print and not too long. */
export function quote(text: string): string {
  const shown = showable(text);
  const shortened = shown.length > longest ? `${shown.slice(0, longest)}…` : shown;
  return `"${shortened.replaceAll(/["\\]/g, "\\$&")}"`;
}

/** The text with everything that could move a cursor or reorder characters replaced by one visible character each. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => (character === "\t" ? character : "�"));
}
