// Ink takes every line of every frame apart and puts it together again.
import * as slow from "@alcalzone/ansi-tokenize";
import { remembered } from "./memory.mjs";
import { hasOneCellEach } from "./one-cell-each.mjs";

const esc = String.fromCharCode(27);
const colour = new RegExp(`(${esc}\\[[0-9;]*m)`);

/** Put off until the characters are wanted, so that lines seen before need not be looked at. */
export const tokenize = (line) => line;

const charactersOf = remembered((line) => quickly(line) ?? slow.styledCharsFromTokens(slow.tokenize(line)));

export const styledCharsFromTokens = (line) => charactersOf(line, line);

const codesOf = remembered((text) => slow.tokenize(text).filter(({ type }) => type === "ansi"));

/** Characters of one colour share their styles; nothing for lines that need a closer look. */
function quickly(line) {
  const characters = [];
  let styles = [];
  for (const part of line.split(colour)) {
    if (part.startsWith(esc)) {
      styles = slow.reduceAnsiCodesIncremental(styles, codesOf(part, part));
    } else if (hasOneCellEach(part)) {
      for (const value of part) characters.push({ type: "char", value, fullWidth: false, styles });
    } else return undefined;
  }
  return characters;
}

/** Neighbours of the same styles are one character for what compares styles. */
export function styledCharsToString(characters) {
  const pieces = [];
  for (const { value, styles } of characters) {
    const last = pieces.at(-1);
    if (last !== undefined && areAlike(last.styles, styles)) last.value += value;
    else pieces.push({ value, styles });
  }
  return slow.styledCharsToString(pieces);
}

function areAlike(one, other) {
  return one === other || (one.length === 0 && other.length === 0);
}
