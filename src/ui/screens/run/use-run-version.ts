import { useSyncExternalStore } from "react";
import type { RunModel } from "../../run/run-model.ts";

/** Draws again whenever the run told that something changed, at most ten times a second. */
export function useRunVersion({ subscribe, version }: Pick<RunModel, "subscribe" | "version">): number {
  return useSyncExternalStore(subscribe, version, version);
}
