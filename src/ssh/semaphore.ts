import { onAbort } from "./or-abort.ts";

/** Limits how many holders there are at once; waiters are served in order. */
export interface Semaphore {
  /** Resolves with the function that gives the place back; calling that twice does no harm. */
  acquire(signal: AbortSignal): Promise<() => void>;
}

/** Makes a semaphore with `places` places. */
export function createSemaphore(places: number): Semaphore {
  let free = places;
  const waiting = new Set<() => void>();
  const release = (): void => {
    const next = waiting.values().next();
    if (next.done) {
      free += 1;
      return;
    }
    waiting.delete(next.value);
    next.value();
  };
  const onceReleased = (): (() => void) => {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      release();
    };
  };
  return {
    async acquire(signal) {
      signal.throwIfAborted();
      if (free > 0) {
        free -= 1;
        return onceReleased();
      }
      await new Promise<void>((resolve, reject) => {
        const enter = (): void => {
          forget();
          resolve();
        };
        waiting.add(enter);
        const forget = onAbort(signal, () => {
          waiting.delete(enter);
          reject(signal.reason);
        });
      });
      return onceReleased();
    },
  };
}
