import type { KeyPress } from "./key-press.ts";
import { type Binding, bindingOf, type Command, type KeyPlace } from "./key-table.ts";

export interface TextTaker {
  /** Typed characters; keys with a name go to commands. */
  /** Without it, typed characters are keys as ever. */
  type?(text: string): void;
  paste(text: string): void;
  /** It is the one for texts of several lines, whichever field is being typed in. */
  readonly severalLines?: boolean;
}

/** The commands one mounted part of the screen answers to. */
export interface Listening {
  /** Parts of lower layers hear nothing while an overlay is open; `always` is for what must work even then. */
  readonly layer: number | "always";
  readonly bindings: readonly { readonly binding: Binding; readonly run: () => void }[];
  readonly text?: TextTaker;
}

/**
 * Who listens to keys right now. The newest part goes first, but what would be written goes to the field being typed
 * in; parts below an open overlay hear nothing.
 */
export interface KeyRegistry {
  listen(listening: Listening): () => void;
  /** Raises an overlay above everything that listens so far; call the result to take it away. */
  raise(): { readonly layer: number; lower(): void };
  /** Gives true when it was typed into a text. */
  press(press: KeyPress): boolean;
  paste(text: string): void;
  /** What works at this moment, in the order in which parts were mounted; a new array only when it changed. */
  active(): readonly Binding[];
  subscribe(listener: () => void): () => void;
}

/** Makes listening parts out of a place of the key table and what to do for each of its commands. */
export function bindingsFor<P extends KeyPlace>(
  place: P,
  handlers: Partial<Record<Command<P>, () => void>>,
): Listening["bindings"] {
  return Object.entries<(() => void) | undefined>(handlers).flatMap(([command, run]) =>
    run === undefined ? [] : [{ binding: bindingOf(place, command as Command<P>), run }],
  );
}

export function createKeyRegistry(): KeyRegistry {
  const listening = new Set<Listening>();
  const layers = new Set<number>([0]);
  const listeners = new Set<() => void>();
  let nextLayer = 1;
  let snapshot: readonly Binding[] = [];

  const topLayer = () => Math.max(...layers);
  const heard = (): readonly Listening[] => {
    const top = topLayer();
    const always = [...listening].filter(({ layer }) => layer === "always");
    return [...always, ...[...listening].filter(({ layer }) => layer === top)];
  };
  const changed = (): void => {
    snapshot = heard().flatMap(({ bindings }) => bindings.map(({ binding }) => binding));
    for (const listener of listeners) listener();
  };

  return {
    listen: (entry) => {
      listening.add(entry);
      changed();
      return () => {
        listening.delete(entry);
        changed();
      };
    },
    raise: () => {
      const layer = nextLayer++;
      layers.add(layer);
      changed();
      return {
        layer,
        lower: () => {
          layers.delete(layer);
          changed();
        },
      };
    },
    press: ({ name, text }) => {
      const parts = heard().toReversed();
      const taker = parts.find((part) => part.text?.type !== undefined)?.text;
      if (taker?.type !== undefined && text !== undefined) {
        taker.type(text);
        return true;
      }
      for (const { bindings } of parts) {
        const found = bindings.find(({ binding }) => binding.keys.includes(name));
        if (found === undefined) continue;
        found.run();
        break;
      }
      return false;
    },
    paste: (text) => {
      const takers = heard().flatMap((entry) => entry.text ?? []);
      const forLines = text.trim().includes("\n") ? takers.findLast(({ severalLines }) => severalLines) : undefined;
      const forTyping = takers.findLast(({ type }) => type !== undefined);
      (forLines ?? forTyping ?? takers.at(-1))?.paste(text);
    },
    active: () => snapshot,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
