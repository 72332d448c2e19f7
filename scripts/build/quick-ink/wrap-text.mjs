import cliTruncate from "cli-truncate";
import wrapAnsi from "wrap-ansi";
import { remembered } from "./memory.mjs";

const ascii = /^[ -~]*$/;

const wrap = remembered((text, width, how) => {
  if (how === "wrap") return wrapAnsi(text, width, { trim: false, hard: true });
  if (!how.startsWith("truncate")) return text;
  const position = { "truncate-middle": "middle", "truncate-start": "start" }[how] ?? "end";
  if (position === "end" && width >= 1 && ascii.test(text)) {
    return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
  }
  return cliTruncate(text, width, { position });
});

/** A text within a width, as Ink asks for it. */
export default (text, width, how) => wrap(`${width} ${how} ${text}`, text, width, how);
