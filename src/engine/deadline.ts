import { setMaxListeners } from "node:events";

/** A limit of time for one piece of work that may also be ended from outside. */
export interface Deadline {
  /** Aborts when the time is over or the signal from outside aborts. */
  readonly signal: AbortSignal;
  /** Whether the time ran out. */
  readonly isOver: boolean;
  /** The work is done: the timer and the listener go, so that a long run with many steps holds none of them. */
  end(): void;
}

/** Starts the time. `AbortSignal.timeout` and `AbortSignal.any` would keep a timer for each step until its end. */
export function createDeadline(outer: AbortSignal, milliseconds: number): Deadline {
  const controller = new AbortController();
  let isOver = false;
  const expire = (): void => {
    isOver = true;
    controller.abort(new DOMException("The time for this is over", "TimeoutError"));
  };
  const relay = (): void => controller.abort(outer.reason);
  const timer = setTimeout(expire, milliseconds);
  setMaxListeners(0, outer, controller.signal);
  outer.addEventListener("abort", relay, { once: true });
  if (outer.aborted) relay();
  return {
    signal: controller.signal,
    get isOver() {
      return isOver;
    },
    end: () => {
      clearTimeout(timer);
      outer.removeEventListener("abort", relay);
    },
  };
}
