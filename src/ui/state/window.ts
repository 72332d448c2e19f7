/** Which lines of a long list are on the screen. */
export interface ListWindow {
  readonly cursor: number;
  /** The first line shown. */
  readonly top: number;
}

export type WindowAction =
  | { readonly type: "move"; readonly by: number }
  | { readonly type: "go"; readonly to: number }
  | { readonly type: "last" };

export interface WindowBounds {
  readonly count: number;
  readonly height: number;
}

export const windowAtTop: ListWindow = { cursor: 0, top: 0 };

/** Moves the cursor, then the window as little as needed to keep the cursor in it. */
export function moveWindow(window: ListWindow, action: WindowAction, bounds: WindowBounds): ListWindow {
  const wanted =
    action.type === "move" ? window.cursor + action.by : action.type === "last" ? bounds.count - 1 : action.to;
  return fitWindow({ ...window, cursor: wanted }, bounds);
}

/** The same window after the list or the terminal changed its size. */
export function fitWindow({ cursor, top }: ListWindow, { count, height }: WindowBounds): ListWindow {
  const rows = Math.max(1, height);
  const inside = Math.min(Math.max(0, cursor), Math.max(0, count - 1));
  const lowest = Math.max(0, inside - rows + 1);
  const highest = Math.min(inside, Math.max(0, count - rows));
  return { cursor: inside, top: Math.min(Math.max(top, lowest), Math.max(lowest, highest)) };
}
