import { type ListWindow, moveWindow, type WindowAction, type WindowBounds, windowAtTop } from "../../state/window.ts";

/** Where one is in the list of machines and which are marked; it outlives the screen. */
export interface MachinesState {
  /** The first line is the shared login; the machines follow. */
  readonly window: ListWindow;
  /** Keys of machines. */
  readonly marked: ReadonlySet<string>;
  /** The line that was marked last: ranges begin there. */
  readonly anchor: number | undefined;
}

export type MachinesAction =
  | { readonly type: "move"; readonly by: WindowAction; readonly bounds: WindowBounds }
  /** Marks a line, or takes its mark, and goes on to the next one. */
  | { readonly type: "mark"; readonly keys: readonly string[]; readonly bounds: WindowBounds }
  /** Marks everything from the line that was marked last to this one. */
  | { readonly type: "mark-range"; readonly keys: readonly string[] }
  /** Marks all, or none when all are. */
  | { readonly type: "mark-all"; readonly keys: readonly string[] }
  | { readonly type: "unmark" };

export const newMachinesState: MachinesState = { window: windowAtTop, marked: new Set(), anchor: undefined };

/** `keys` are those of all machines in their order. */
export function reduceMachines(state: MachinesState, action: MachinesAction): MachinesState {
  const index = state.window.cursor - 1;
  switch (action.type) {
    case "move":
      return { ...state, window: moveWindow(state.window, action.by, action.bounds) };
    case "mark": {
      const key = action.keys[index];
      if (key === undefined) return state;
      const marked = new Set(state.marked);
      if (!marked.delete(key)) marked.add(key);
      const window = moveWindow(state.window, { type: "move", by: 1 }, action.bounds);
      return { window, marked, anchor: index };
    }
    case "mark-range": {
      const from = state.anchor ?? index;
      const range = action.keys.slice(Math.max(0, Math.min(from, index)), Math.max(from, index) + 1);
      return { ...state, marked: new Set([...state.marked, ...range]) };
    }
    case "mark-all": {
      const all = action.keys.length > 0 && action.keys.every((key) => state.marked.has(key));
      return { ...state, marked: new Set(all ? [] : action.keys), anchor: undefined };
    }
    case "unmark":
      return { ...state, marked: new Set(), anchor: undefined };
  }
}
