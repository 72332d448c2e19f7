// Most of what is on the screen is ASCII, colours and the signs of src/ui/theme/symbols.ts: a cell for each character.
import { stripVTControlCharacters } from "node:util";
import stringWidth from "string-width";

const oneCellEach = /^[ -~✔●✖○·▶▲❯◉…↑↓▾▸─█░│›▏]*$/;

/** What string-width gives, sooner. */
export default function quickStringWidth(text, options) {
  if (oneCellEach.test(text)) return text.length;
  const bare = options === undefined ? stripVTControlCharacters(text) : text;
  return oneCellEach.test(bare) ? bare.length : stringWidth(text, options);
}
