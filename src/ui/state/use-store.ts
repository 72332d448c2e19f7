import { useSyncExternalStore } from "react";
import type { Store } from "./store.ts";

/** The part of a store's state a component shows; it is drawn again only when that part is another one. */
export function useStore<S, T>(
  { get, subscribe }: Pick<Store<S, never>, "get" | "subscribe">,
  select: (state: S) => T,
): T {
  const look = () => select(get());
  return useSyncExternalStore(subscribe, look, look);
}
