import type { LogLines } from "./line-buffer.ts";
import type { LogRoom, LogView } from "./log-look.ts";
import { asShown, backBy, forwardBy, matcherOf, oldestBottom } from "./log-scroll.ts";

export type LogAction =
  | { readonly type: "scroll" | "sideways"; readonly by: number }
  | { readonly type: "oldest" | "follow" | "toggle-wrap" | "toggle-all" }
  | { readonly type: "filter"; readonly text: string };

/** One change of the view; scrolling up stops following, scrolling to the end takes it up again. */
export function reduceLogView(view: LogView, action: LogAction, lines: LogLines, room: LogRoom): LogView {
  const { bottom: _, ...following } = view;
  const at = (bottom: number): LogView => (bottom >= lines.total - 1 ? following : { ...view, bottom });
  switch (action.type) {
    case "scroll": {
      const by = action.by < 0 ? backBy(lines, view, -action.by) : forwardBy(lines, view, action.by);
      return at(Math.max(by, oldestBottom(lines, view, room)));
    }
    case "oldest":
      return at(oldestBottom(lines, view, room));
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
export function visibleLines(lines: LogLines, view: LogView, room: LogRoom): string[] {
  const matches = matcherOf(view);
  const newest = lines.total - 1;
  const bottom = view.bottom === undefined ? newest : Math.max(view.bottom, oldestBottom(lines, view, room));
  const above: string[] = [];
  for (let index = Math.min(bottom, newest); index >= lines.first && above.length < room.rows; index--) {
    const line = lines.at(index) ?? "";
    if (matches(line)) above.unshift(...asShown(line, view, room));
  }
  if (above.length >= room.rows) return above.slice(-room.rows);
  const below: string[] = [];
  for (let index = bottom + 1; index <= newest && above.length + below.length < room.rows; index++) {
    const line = lines.at(index) ?? "";
    if (matches(line)) below.push(...asShown(line, view, room));
  }
  return [...above, ...below].slice(0, room.rows);
}

/** All lines the view lets through, for a file. */
export function everyLine(lines: LogLines, { filter }: LogView): string[] {
  const all = Array.from({ length: lines.total - lines.first }, (_, offset) => lines.at(lines.first + offset) ?? "");
  return all.filter(matcherOf({ filter }));
}
