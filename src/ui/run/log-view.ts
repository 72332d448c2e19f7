import { cutCells, withoutCells, wrapCells } from "../state/display-width.ts";
import type { LogLines } from "./line-buffer.ts";

/** How somebody looks at a log. */
export interface LogView {
  /** The number of the last line shown; absent while the newest line is followed. */
  readonly bottom?: number;
  readonly filter: string;
  readonly wrap: boolean;
  /** How many cells of each line are left out on the left; none while lines are wrapped. */
  readonly from: number;
  /** What all nodes say instead of one. */
  readonly all: boolean;
}

export type LogAction =
  | { readonly type: "scroll" | "sideways"; readonly by: number }
  | { readonly type: "oldest" | "follow" | "toggle-wrap" | "toggle-all" }
  | { readonly type: "filter"; readonly text: string };

export const freshLogView: LogView = { filter: "", wrap: false, from: 0, all: false };

/** The lines there are, and how many of them fit on the screen. */
export interface SeenLines extends Pick<LogLines, "first" | "total"> {
  readonly rows: number;
}

/** One change of the view; scrolling up stops following, scrolling to the end takes it up again. */
export function reduceLogView(view: LogView, action: LogAction, lines: SeenLines): LogView {
  const { bottom: _, ...following } = view;
  switch (action.type) {
    case "scroll": {
      const last = lines.total - 1;
      const bottom = (view.bottom ?? last) + action.by;
      if (bottom >= last) return following;
      return { ...view, bottom: Math.max(Math.min(lines.first + lines.rows - 1, last), bottom) };
    }
    case "oldest":
      return { ...view, bottom: Math.max(0, Math.min(lines.first + lines.rows, lines.total) - 1) };
    case "follow":
      return following;
    case "toggle-wrap":
      return { ...view, wrap: !view.wrap, from: 0 };
    case "sideways":
      return view.wrap ? view : { ...view, from: Math.max(0, view.from + action.by) };
    case "toggle-all":
      return { ...following, all: !view.all };
    case "filter":
      return { ...following, filter: action.text };
  }
}

/** The lines on the screen, oldest first: at most `rows`, each at most `width` wide. */
export function visibleLines(
  lines: LogLines,
  view: LogView,
  { rows, width }: { rows: number; width: number },
): string[] {
  const shown: string[] = [];
  const look = (line: string) =>
    view.wrap ? wrapCells(line, width) : [cutCells(withoutCells(line, view.from), width)];
  const wanted = view.filter.toLowerCase();
  const from = Math.min(view.bottom ?? lines.total - 1, lines.total - 1);
  for (let index = from; index >= lines.first && shown.length < rows; index--) {
    const line = lines.at(index);
    if (line === undefined) break;
    if (wanted !== "" && !line.toLowerCase().includes(wanted)) continue;
    shown.unshift(...look(line));
  }
  const fromTop = view.bottom !== undefined && shown.length < rows && wanted === "";
  for (let index = from + 1; fromTop && index < lines.total && shown.length < rows; index++) {
    shown.push(...look(lines.at(index) ?? ""));
  }
  return shown.slice(-rows);
}

/** All lines the view lets through, for a file. */
export function everyLine(lines: LogLines, { filter }: LogView): string[] {
  const wanted = filter.toLowerCase();
  const all = Array.from({ length: lines.total - lines.first }, (_, offset) => lines.at(lines.first + offset) ?? "");
  return all.filter((line) => line.toLowerCase().includes(wanted));
}
