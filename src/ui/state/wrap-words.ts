import { displayWidth, wrapCells } from "./display-width.ts";

/**
 * A line in lines of at most this many cells, each as far to the right as the first. It is broken at blanks, which are
 * left out there and nowhere else; only a word longer than a line is broken itself.
 */
export function wrapWords(text: string, width: number): readonly string[] {
  const most = Math.max(2, width);
  const blanks = /^\s*/.exec(text)?.[0] ?? "";
  const indent = displayWidth(blanks) * 2 < most ? blanks : "";
  const room = most - displayWidth(indent);
  const lines: string[] = [];
  let [line, cells] = ["", 0];
  for (const token of text.match(/\s*\S+/g) ?? []) {
    const more = displayWidth(token);
    if (cells + more <= most) {
      line += token;
      cells += more;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = wrapCells(token.trimStart(), room).map((piece) => `${indent}${piece}`);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
    cells = displayWidth(line);
  }
  return [...lines, line];
}
