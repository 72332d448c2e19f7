import { useLayoutEffect, useSyncExternalStore } from "react";
import type { RunModel } from "../../run/run-model.ts";

/**
 * Draws again whenever the run told that something changed, at most ten times a second; what is drawn for a key shows the
 * newest as well, so that the next time is a tenth of a second later.
 */
export function useRunVersion({ subscribe, version, seen }: Pick<RunModel, "subscribe" | "version" | "seen">): number {
  useLayoutEffect(seen);
  return useSyncExternalStore(subscribe, version, version);
}
