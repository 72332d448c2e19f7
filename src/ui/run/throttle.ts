/** What listeners are told of: that something changed, not what. */
export interface Throttled {
  /** Something changed; listeners hear of it now or, when they just did, a little later. */
  touch(): void;
  /** Listeners looked just now, for a reason of their own; they are told an interval later, not before. */
  seen(): void;
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
      if (timer !== undefined) return;
      tell();
      timer = setTimeout(rest, interval);
    },
    seen: () => {
      if (closed) return;
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
