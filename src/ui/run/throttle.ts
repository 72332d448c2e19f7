/** What listeners are told of: that something changed, not what. */
export interface Throttled {
  /** Something changed; listeners hear of it now or, when they just did, a little later. */
  touch(): void;
  /** How often something changed so far. */
  changes(): number;
  /** Listeners saw the first `changes` for a reason of their own; they are told of later ones an interval later. */
  seen(changes: number): void;
  subscribe(listener: () => void): () => void;
  /** Another number whenever listeners were told. */
  version(): number;
  /** Tells at once what is still untold, and nothing after that. */
  close(): void;
}

/** Tells listeners at most once per interval (milliseconds), however often something changes. */
export function createThrottled(interval: number): Throttled {
  const listeners = new Set<() => void>();
  let version = 0;
  let touched = false;
  let changes = 0;
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    touched = false;
    version += 1;
    for (const listener of [...listeners]) listener();
  };
  const rest = (): void => {
    timer = undefined;
    if (!touched) return;
    tell();
    timer = setTimeout(rest, interval);
  };
  let closed = false;
  return {
    touch: () => {
      if (closed) return;
      touched = true;
      changes += 1;
      if (timer !== undefined) return;
      tell();
      timer = setTimeout(rest, interval);
    },
    changes: () => changes,
    seen: (known) => {
      if (closed) return;
      touched = known < changes;
      clearTimeout(timer);
      timer = setTimeout(rest, interval);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    version: () => version,
    close: () => {
      closed = true;
      clearTimeout(timer);
      if (touched) tell();
    },
  };
}
