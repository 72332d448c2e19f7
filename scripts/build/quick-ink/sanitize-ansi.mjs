import sanitizeAnsi from "../../../node_modules/ink/build/sanitize-ansi.js";
import { bare } from "./one-cell-each.mjs";

/** Everything that controls a terminal but line ends and tabs. */
const control = /[^\P{Cc}\n\t]/u;

/** What Ink leaves of a text, sooner where there is nothing but colours in it. */
export default (text) => (control.test(bare(text)) ? sanitizeAnsi(text) : text);
