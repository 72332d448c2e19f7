import cliTruncate from "cli-truncate";
import wrapAnsi from "wrap-ansi";
import { remembered } from "./memory.mjs";
import { bare, betweenColours, hasOneCellEach } from "./one-cell-each.mjs";

const wrap = remembered((text, width, how) => {
  if (how === "wrap") return wrapAnsi(text, width, { trim: false, hard: true });
  if (!how.startsWith("truncate")) return text;
  const position = { "truncate-middle": "middle", "truncate-start": "start" }[how] ?? "end";
  if (position === "end" && width >= 1 && hasOneCellEach(bare(text))) return cutEnd(text, width);
  return cliTruncate(text, width, { position });
});

/** The mark has the colour of what it stands for; colours end as they would have ended. */
function cutEnd(text, width) {
  let left = bare(text).length <= width ? width : width - 1;
  const pieces = text.split(betweenColours).map((piece, index) => {
    if (index % 2 === 1 || left < 0) return index % 2 === 1 ? piece : "";
    const cut = piece.length > left ? `${piece.slice(0, left)}…` : piece;
    left -= piece.length;
    return cut;
  });
  return pieces.join("");
}

/** A text within a width, as Ink asks for it. */
export default (text, width, how) => wrap(`${width} ${how} ${text}`, text, width, how);
