import { setTimeout as delay } from "node:timers/promises";
import { InstallerError } from "./errors.ts";

export const seconds = (count: number): number => count * 1000;
export const minutes = (count: number): number => count * 60_000;

/** What one look at an awaited condition gave. */
export type Observed<T> = { readonly done: true; readonly value: T } | { readonly done: false; readonly saw: string };

export interface UntilOptions {
  readonly signal: AbortSignal;
  /** Milliseconds after which waiting ends with `deadline-exceeded`. */
  readonly deadline: number;
  /** Milliseconds between two looks; 500 unless told. */
  readonly interval?: number;
  readonly nextSteps?: readonly string[];
}

/**
 * Waits until `look` says done and returns its value.
 * @throws InstallerError `deadline-exceeded`, naming what was last seen
 */
export async function until<T>(what: string, look: () => Promise<Observed<T>>, options: UntilOptions): Promise<T> {
  const { signal, deadline, interval = 500, nextSteps } = options;
  const end = Date.now() + deadline;
  for (;;) {
    signal.throwIfAborted();
    const observed = await look();
    if (observed.done) return observed.value;
    if (Date.now() + interval > end) {
      throw new InstallerError("deadline-exceeded", {
        message: `Waited ${Math.round(deadline / 1000)} s for ${what}; last seen: ${observed.saw}`,
        ...(nextSteps === undefined ? {} : { nextSteps }),
      });
    }
    await delay(interval, undefined, { signal });
  }
}

/** A duration as people say it: `850 ms`, `4.2 s`, `2 min 05 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const whole = Math.round(milliseconds / 1000);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}
