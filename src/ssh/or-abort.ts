import { setMaxListeners } from "node:events";

/** Calls `act` once when the signal is aborted, at once if it already is; gives the function that takes it back. */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
  if (signal.aborted) {
    act();
    return () => {};
  }
  setMaxListeners(0, signal);
  signal.addEventListener("abort", act, { once: true });
  return () => signal.removeEventListener("abort", act);
}

/** Settles like `promise`, or rejects with the signal's reason if that comes first. */
export function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const forget = onAbort(signal, () => reject(signal.reason));
    promise.then(
      (value) => {
        forget();
        resolve(value);
      },
      (thrown) => {
        forget();
        reject(thrown);
      },
    );
  });
}

/**
 * Gives `use` a signal that comes some milliseconds after the given one, for work that should not be cut off in the
 * middle, and at the latest after `deadline` milliseconds.
 */
export async function withGrace<T>(
  signal: AbortSignal,
  { grace, deadline }: { grace: number; deadline: number },
  use: (patience: AbortSignal) => Promise<T>,
): Promise<T> {
  const patience = new AbortController();
  const timers = [setTimeout(() => patience.abort(new DOMException("No answer in time", "TimeoutError")), deadline)];
  const forget = onAbort(signal, () => {
    timers.push(setTimeout(() => patience.abort(signal.reason), grace));
  });
  try {
    return await use(patience.signal);
  } finally {
    forget();
    for (const timer of timers) clearTimeout(timer);
  }
}
