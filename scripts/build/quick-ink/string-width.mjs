import { stripVTControlCharacters } from "node:util";
import stringWidth from "string-width";
import { hasOneCellEach } from "./one-cell-each.mjs";

/** What string-width gives, sooner. */
export default function quickStringWidth(text, options) {
  if (hasOneCellEach(text)) return text.length;
  const bare = options === undefined ? stripVTControlCharacters(text) : text;
  return hasOneCellEach(bare) ? bare.length : stringWidth(text, options);
}
