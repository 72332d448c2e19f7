import { cutCells, withoutCells, wrapCells } from "../state/display-width.ts";
import type { LogLines } from "./line-buffer.ts";
import type { LogRoom, LogView } from "./log-look.ts";

/** Tells whether the filter lets a line through. */
export function matcherOf({ filter }: Pick<LogView, "filter">): (line: string) => boolean {
  const wanted = filter.toLowerCase();
  return wanted === "" ? () => true : (line) => line.toLowerCase().includes(wanted);
}

/** A line as it is seen: wrapped, or the part of it that is looked at. */
export function asShown(line: string, { wrap, from }: LogView, { width }: LogRoom): readonly string[] {
  return wrap ? wrapCells(line, width) : [cutCells(withoutCells(line, from), width)];
}

/** The number of the last line on the screen after going back by so many of the lines that are let through. */
export function backBy(lines: LogLines, view: LogView, by: number): number {
  const matches = matcherOf(view);
  let index = Math.min(view.bottom ?? lines.total - 1, lines.total - 1);
  for (let left = by; index > lines.first; index--) {
    if (!matches(lines.at(index) ?? "")) continue;
    if (left === 0) break;
    left -= 1;
  }
  return index;
}

/** The same the other way; the newest line when so many do not follow. */
export function forwardBy(lines: LogLines, view: LogView, by: number): number {
  const matches = matcherOf(view);
  let left = by;
  for (let index = Math.max(lines.first, (view.bottom ?? lines.total - 1) + 1); index < lines.total; index++) {
    if (matches(lines.at(index) ?? "")) left -= 1;
    if (left === 0) return index;
  }
  return lines.total - 1;
}

/** The number of the last line on the screen when the oldest one that is let through stands at its top. */
export function oldestBottom(lines: LogLines, view: LogView, room: LogRoom): number {
  const matches = matcherOf(view);
  let rows = 0;
  let bottom = lines.first;
  for (let index = lines.first; index < lines.total; index++) {
    const line = lines.at(index) ?? "";
    if (!matches(line)) continue;
    rows += asShown(line, view, room).length;
    if (rows > room.rows) return bottom;
    bottom = index;
  }
  return lines.total - 1;
}
