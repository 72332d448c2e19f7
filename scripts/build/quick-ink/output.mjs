// Ink puts a frame together cell by cell; here it is done piece by piece, where pieces do not lie on each other.
import sliceAnsi from "slice-ansi";
import CellOutput from "../../../node_modules/ink/build/output.js";
import { remembered } from "./memory.mjs";
import { bare, hasOneCellEach } from "./one-cell-each.mjs";
import stringWidth from "./string-width.mjs";

const esc = "\u001B";
const reset = `${esc}[0m`;
const nothing = { x1: -Infinity, x2: Infinity, y1: -Infinity, y2: Infinity };

/** Takes what Ink's own `Output` takes and gives a frame that looks the same. */
export default class QuickOutput {
  #size;
  #rows;
  #clips = [];

  constructor({ width, height }) {
    this.#size = { width, height };
    this.#rows = Array.from({ length: height }, () => []);
  }

  clip({ x1 = -Infinity, x2 = Infinity, y1 = -Infinity, y2 = Infinity }) {
    this.#clips.push({ x1, x2, y1, y2 });
  }

  unclip() {
    this.#clips.pop();
  }

  write(x, y, text, { transformers }) {
    if (!text) return;
    const clip = this.#clips.at(-1) ?? nothing;
    const skipped = Math.max(0, clip.y1 - y);
    for (const [index, whole] of text.split("\n").slice(skipped).entries()) {
      const at = y + skipped + index;
      const row = this.#rows[at];
      if (at >= clip.y2 || row === undefined) continue;
      const line = cut(whole, clip.x1 - x, clip.x2 - x);
      const shown = transformers.reduce((result, transform) => transform(result, index), line);
      if (shown !== "") row.push({ x: Math.max(x, clip.x1), text: shown });
    }
  }

  get() {
    const { width, height } = this.#size;
    return { output: this.#rows.map((row) => join(row) ?? byCells(row, width)).join("\n"), height };
  }
}

/** A line between two columns. */
function cut(line, from, to) {
  if (from <= 0 && (to === Infinity || to >= stringWidth(line))) return line;
  return sliceAnsi(line, Math.max(0, from), Math.min(to, stringWidth(line)));
}

/** The pieces beside each other; nothing when they are not. */
function join(row) {
  let line = "";
  let end = 0;
  for (const { x, text } of row.toSorted((one, other) => one.x - other.x)) {
    const shown = bare(text);
    if (x < end || !hasOneCellEach(shown)) return undefined;
    line += " ".repeat(x - end) + (text.includes(esc) ? text + reset : text);
    end = x + shown.length;
  }
  return line.trimEnd();
}

const composed = remembered((row, width) => {
  const output = new CellOutput({ width, height: 1 });
  for (const { x, text } of row) output.write(x, 0, text, { transformers: [] });
  return output.get().output;
});

function byCells(row, width) {
  return composed(`${width} ${JSON.stringify(row)}`, row, width);
}
