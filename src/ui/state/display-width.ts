const plain = /^[\x20-\x7e]*$/;
const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
/** What terminals give two cells: East Asian wide and full-width characters, and pictures. */
const wide =
  /^(?:\p{Emoji_Presentation}|.\uFE0F|[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}])/u;
const invisible = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** How many cells of a terminal a text takes that holds no control characters. */
export function displayWidth(text: string): number {
  if (plain.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += cellsOf(segment);
  return width;
}

/** A text in pieces of at most this many cells. */
export function wrapCells(text: string, width: number): readonly string[] {
  const most = Math.max(2, width);
  if (plain.test(text)) {
    const count = Math.max(1, Math.ceil(text.length / most));
    return Array.from({ length: count }, (_, part) => text.slice(part * most, (part + 1) * most));
  }
  const pieces: string[] = [];
  let [piece, cells] = ["", 0];
  for (const { segment } of segmenter.segment(text)) {
    const more = cellsOf(segment);
    if (cells + more > most) {
      pieces.push(piece);
      [piece, cells] = ["", 0];
    }
    piece += segment;
    cells += more;
  }
  return [...pieces, piece];
}

/** A text of at most this many cells, with a mark where it was cut off. */
export function cutCells(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return `${wrapCells(text, width - 1)[0] ?? ""}…`;
}

/** What is left of a text without its first cells, for looking at it from further right. */
export function withoutCells(text: string, cells: number): string {
  if (cells <= 0) return text;
  if (plain.test(text)) return text.slice(cells);
  let left = cells;
  let at = 0;
  for (const { segment } of segmenter.segment(text)) {
    if (left <= 0) break;
    left -= cellsOf(segment);
    at += segment.length;
  }
  return text.slice(at);
}

/** Tabs as blanks up to the next eighth column. */
export function expandTabs(text: string): string {
  if (!text.includes("\t")) return text;
  return text.split("\t").reduce((before, part) => {
    const width = displayWidth(before);
    return `${before}${" ".repeat(8 - (width % 8))}${part}`;
  });
}

function cellsOf(segment: string): number {
  if (wide.test(segment)) return 2;
  return invisible.test(segment) ? 0 : 1;
}
