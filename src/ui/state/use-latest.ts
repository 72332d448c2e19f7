import { useCallback, useRef, useState } from "react";

/**
 * State that is up to date between two frames too: keys can arrive faster than the screen is drawn, and the second one
 * must not act on what the first one has changed already.
 */
export function useLatest<T>(initial: T): { readonly shown: T; now(): T; set(next: T): void } {
  const latest = useRef(initial);
  const [shown, show] = useState(initial);
  const now = useCallback(() => latest.current, []);
  const set = useCallback((next: T) => {
    latest.current = next;
    show(next);
  }, []);
  return { shown, now, set };
}
