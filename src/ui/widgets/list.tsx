import { Box } from "ink";
import { Fragment, type ReactNode, useEffect, useRef, useState } from "react";
import { useKeys } from "../keys/keys.tsx";
import { fitWindow, type ListWindow, moveWindow, type WindowAction, windowAtTop } from "../state/window.ts";
import { useTheme } from "../theme/theme.tsx";
import { Styled } from "./styled.tsx";

export interface ListProps<T> {
  readonly items: readonly T[];
  readonly height: number;
  readonly width: number;
  readonly keyOf: (item: T) => string;
  /** Draws one item in exactly one line; one that is the same as before should be the same component with the same properties. */
  readonly row: (item: T, selected: boolean) => ReactNode;
  readonly focused?: boolean;
  readonly initial?: number;
  /** Which line to go to; whenever it is another one the list goes there. */
  readonly follow?: number | undefined;
  readonly empty?: string;
  readonly onChoose?: ((item: T) => void) | undefined;
  readonly onHighlight?: (item: T, index: number) => void;
  /** The person went somewhere. */
  readonly onMove?: () => void;
}

/** A list of any length: only the lines on the screen are drawn, so a thousand cost as much as twenty. */
export function List<T>(props: ListProps<T>) {
  const { items, height, width, keyOf, row, focused = true, initial = 0, empty = "" } = props;
  const bounds = { count: items.length, height };
  const [moved, setMoved] = useState<ListWindow>({ ...windowAtTop, cursor: initial });
  const [followed, setFollowed] = useState<number>();
  const { follow } = props;
  const window =
    follow === undefined || follow === followed
      ? fitWindow(moved, bounds)
      : moveWindow(moved, { type: "go", to: follow }, bounds);
  if (follow !== followed) {
    setFollowed(follow);
    setMoved(window);
  }
  // Several keys may arrive before the list is drawn again.
  const latest = useRef(window);
  latest.current = window;
  const move = (action: WindowAction) => () => {
    latest.current = moveWindow(latest.current, action, bounds);
    setMoved(latest.current);
    props.onMove?.();
    // What depends on the new item is drawn together with the list, not one frame later.
    const { cursor } = latest.current;
    const item = items[cursor];
    if (item !== undefined) props.onHighlight?.(item, cursor);
  };
  useKeys(
    "list",
    focused && items.length > 0
      ? {
          up: move({ type: "move", by: -1 }),
          down: move({ type: "move", by: 1 }),
          pageUp: move({ type: "move", by: -height }),
          pageDown: move({ type: "move", by: height }),
          first: move({ type: "go", to: 0 }),
          last: move({ type: "last" }),
          choose: props.onChoose && (() => chosen(items, latest.current, props.onChoose)),
        }
      : {},
  );
  const highlighted = items[window.cursor];
  const told = useRef<{ readonly key: string; readonly cursor: number }>(undefined);
  // Items are made anew ten times a second; only another one is news. What was told is remembered, not what was drawn: a
  // picture that is thrown away tells nobody.
  useEffect(() => {
    const key = highlighted === undefined ? undefined : keyOf(highlighted);
    if (highlighted === undefined || key === undefined) return;
    if (told.current?.key === key && told.current.cursor === window.cursor) return;
    told.current = { key, cursor: window.cursor };
    props.onHighlight?.(highlighted, window.cursor);
  });
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      {items.length === 0 ? <Styled as="muted">{empty}</Styled> : null}
      {items.slice(window.top, window.top + height).map((item, index, shown) => {
        const at = window.top + index;
        const line = row(item, focused && at === window.cursor);
        const more =
          index === shown.length - 1 && at < items.length - 1
            ? "moreBelow"
            : index === 0 && at > 0
              ? "moreAbove"
              : undefined;
        if (more === undefined) return <Fragment key={keyOf(item)}>{line}</Fragment>;
        return (
          <Edge key={keyOf(item)} more={more} width={width}>
            {line}
          </Edge>
        );
      })}
    </Box>
  );
}

/** A line behind which the list goes on; its last column says so. */
function Edge({ more, width, children }: { more: "moreAbove" | "moreBelow"; width: number; children: ReactNode }) {
  const { symbols } = useTheme();
  return (
    <Box width={width}>
      <Box width={width - 1}>{children}</Box>
      <Styled as="accent">{symbols[more]}</Styled>
    </Box>
  );
}

function chosen<T>(items: readonly T[], { cursor }: ListWindow, choose: ((item: T) => void) | undefined): void {
  const item = items[cursor];
  if (item !== undefined) choose?.(item);
}
