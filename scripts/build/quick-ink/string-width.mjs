import stringWidth from "string-width";
import { bare, hasOneCellEach } from "./one-cell-each.mjs";

/** What string-width gives, sooner. */
export default function quickStringWidth(text, options) {
  const shown = options === undefined ? bare(text) : text;
  return hasOneCellEach(shown) ? shown.length : stringWidth(text, options);
}
