import type { Problem } from "../../engine/problem.ts";
import type { Span } from "../finding.ts";
import { printable } from "../path.ts";
import type { Lines } from "./lines.ts";

const before = 40;
const widest = 100;

/** The line a span begins on, cut to a width a terminal can show, with the part to underline. */
export function makeExcerpt(lines: Lines, number: number, span: Span): NonNullable<Problem["excerpt"]> {
  const { text, start } = lines.line(number);
  const from = Math.min(span.start - start, text.length);
  const length = Math.max(1, Math.min(span.end, start + text.trimEnd().length) - span.start);
  const cut = text.length > widest && from > widest - before ? from - before : 0;
  const kept = text.slice(cut, cut + widest);
  const head = cut > 0 ? "…" : "";
  const tail = cut + widest < text.length ? "…" : "";
  const shownFrom = head.length + from - cut;
  return {
    text: printable(`${head}${kept}${tail}`),
    from: shownFrom,
    length: Math.max(1, Math.min(length, head.length + kept.length - shownFrom)),
  };
}
