import { createRequire, syncBuiltinESMExports } from "node:module";
import { type TimerQueue, timerQueue, type VirtualTimer } from "./timer-queue.ts";

/** A clock that stands still while anything happens and jumps to the next timer when nothing does. */
export interface VirtualTime {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Lets time pass until `act` is over.
   * @throws TimeStopped when it can never be over, or not before `limit` virtual milliseconds have passed
   */
  spend<T>(limit: number, act: () => Promise<T>): Promise<T>;
  /** Lets everything happen that happens at this moment without any timer. */
  settle(): Promise<void>;
  /** Timers that are set, deadlines (`AbortSignal.timeout`, which nobody can clear) left out. */
  timers(): readonly VirtualTimer[];
  /** Forgets deadlines that are still set, as the garbage collector would. */
  dropDeadlines(): void;
}

/** What was awaited can never come, or comes too late. */
export class TimeStopped extends Error {
  override readonly name = "TimeStopped";
}

/** Loop turns without any event after which nothing is on its way any more, given that connections are in memory. */
const quietTurns = 3;

/** Real milliseconds without any event or timer after which waiting for more is pointless. */
const patience = 2000;

/** Work in threads and child processes, for which virtual time waits; sockets that wait for their peer are no work. */
const work = /^(FSReq|CloseReq|ProcessWrap|GetAddrInfo|TCPConnect|PipeConnect|.*Request$|.*Job$)/;

/**
 * Puts the virtual clock in the place of every clock and timer of this process; there is no way back. `activity` is a number
 * that grows with everything that happens besides events of the kernel. A process that
 * holds both ends of all its connections thus needs no real time for waiting, and waits in the same order every time.
 */
export function installVirtualTime(activity: () => number, options: { places?: boolean } = {}): VirtualTime {
  const real = { setImmediate, setTimeout, now: performance.now.bind(performance) };
  const queue = timerQueue(Date.now(), options);
  replaceClocks(queue);
  replaceTimers(queue);

  const turn = (): Promise<void> => new Promise((resolve) => real.setImmediate(resolve));
  const pause = (): Promise<void> => new Promise((resolve) => real.setTimeout(resolve, 1));
  const quiet = async (over: () => boolean): Promise<void> => {
    let [turns, before, busy] = [0, -1, 0];
    while (turns < quietTurns && !over()) {
      await turn();
      const events = performance.nodeTiming.uvMetricsInfo.events + activity();
      turns = events === before ? turns + 1 : 0;
      before = events;
      if (turns < quietTurns || !working()) continue;
      turns = 0;
      busy += 1;
      if (busy > 100) await pause();
    }
  };
  return {
    now: () => queue.now(),
    timers: () => queue.pending().filter(({ kind }) => kind !== "deadline"),
    dropDeadlines: () => queue.clearAll("deadline"),
    settle: () => quiet(() => false),
    async spend(limit, act) {
      const end = queue.now() + limit;
      let over = false;
      const acting = act().finally(() => {
        over = true;
      });
      acting.catch(() => {});
      let lastProgress = real.now();
      while (!over) {
        await quiet(() => over);
        if (over) break;
        const next = queue.next();
        if (next > end && next < Number.POSITIVE_INFINITY) {
          throw new TimeStopped(`not over after ${limit / 1000} s of virtual time`);
        }
        if (queue.fire()) lastProgress = real.now();
        else if (real.now() - lastProgress > patience)
          throw new TimeStopped(`nothing can happen any more: ${pendingWork()}`);
        else await pause();
      }
      return acting;
    },
  };
}

function pendingWork(): string {
  const names = process.getActiveResourcesInfo().filter((name) => name !== "Immediate" && name !== "Timeout");
  return names.length === 0
    ? "no timer is set, no work is under way"
    : `no timer is set, there are only ${[...new Set(names)].join(", ")}`;
}

function working(): boolean {
  return process.getActiveResourcesInfo().some((name) => work.test(name));
}

function replaceClocks(queue: TimerQueue): void {
  const RealDate = Date;
  const VirtualDate = new Proxy(RealDate, {
    construct: (target, given, asked) => Reflect.construct(target, given.length === 0 ? [queue.now()] : given, asked),
    apply: () => new RealDate(queue.now()).toString(),
  });
  RealDate.now = () => queue.now();
  globalThis.Date = VirtualDate;
  const started = queue.now();
  performance.now = () => queue.now() - started;
}

function replaceTimers(queue: TimerQueue): void {
  const { promisify } = createRequire(import.meta.url)("node:util");
  const later = (act: (...given: unknown[]) => void, delay?: number, ...given: unknown[]) =>
    queue.add(() => act(...given), delay, "timeout");
  const every = (act: (...given: unknown[]) => void, delay?: number, ...given: unknown[]) =>
    queue.add(() => act(...given), delay, "interval");
  const clear = (timer: unknown) => queue.clear(timer);
  const sleep = sleeper(queue);
  Object.assign(later, { [promisify.custom]: sleep });
  Object.assign(globalThis, { setTimeout: later, setInterval: every, clearTimeout: clear, clearInterval: clear });
  AbortSignal.timeout = (delay: number) => {
    const controller = new AbortController();
    const over = () => controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
    queue.add(over, delay, "deadline");
    return controller.signal;
  };
  const promises = createRequire(import.meta.url)("node:timers/promises");
  promises.setTimeout = sleep;
  syncBuiltinESMExports();
}

function sleeper(queue: TimerQueue) {
  return (delay = 1, value?: unknown, { signal }: { signal?: AbortSignal } = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const aborted = () => {
        queue.clear(timer);
        const error = new Error("The operation was aborted", { cause: signal?.reason });
        reject(Object.assign(error, { name: "AbortError", code: "ABORT_ERR" }));
      };
      const timer = queue.add(
        () => {
          signal?.removeEventListener("abort", aborted);
          resolve(value);
        },
        delay,
        "timeout",
      );
      if (signal?.aborted) aborted();
      else signal?.addEventListener("abort", aborted, { once: true });
    });
}
