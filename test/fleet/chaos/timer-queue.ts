/** A timer of the virtual clock; has the methods of Node.js' own that programs use. */
export interface VirtualTimer {
  readonly kind: "timeout" | "interval" | "deadline";
  /** The place in the program that set it, or how long it was set for. */
  readonly setAt: string;
  ref(): VirtualTimer;
  unref(): VirtualTimer;
  hasRef(): boolean;
  refresh(): VirtualTimer;
  close(): VirtualTimer;
}

/** The timers of a clock that moves only when one of them fires. */
export interface TimerQueue {
  now(): number;
  add(act: () => void, delay: number | undefined, kind: VirtualTimer["kind"]): VirtualTimer;
  clear(timer: unknown): void;
  /** When the next timer is due; infinity without one. */
  next(): number;
  /** Moves the clock to the next timer and calls whatever is due then; false without one. */
  fire(): boolean;
  pending(): readonly VirtualTimer[];
  clearAll(kind: VirtualTimer["kind"]): void;
}

interface Entry {
  readonly due: number;
  /** When it is due after all, put off by `refresh`. */
  putOff: number;
  readonly order: number;
  readonly timer: VirtualTimer;
  readonly act: () => void;
}

/** Makes a clock that shows `start`; with `places`, which take time, timers know which lines of code set them. */
export function timerQueue(start: number, { places = false }: { places?: boolean } = {}): TimerQueue {
  const heap = entryHeap();
  const live = new Map<unknown, Entry>();
  let clock = start;
  let order = 0;

  const dueIn = (delay = 1): number => clock + Math.max(1, Math.trunc(Number.isFinite(delay) ? delay : 1));
  const enter = (timer: VirtualTimer, act: () => void, due: number): void => {
    const entry = { due, putOff: due, order: order++, timer, act };
    live.set(timer, entry);
    heap.push(entry);
  };
  const first = (): Entry | undefined => {
    for (let least = heap.least(); least !== undefined; least = heap.least()) {
      const isLive = live.get(least.timer) === least;
      if (isLive && least.putOff === least.due) return least;
      heap.pop();
      if (isLive) enter(least.timer, least.act, least.putOff);
    }
    return undefined;
  };
  const fireOne = ({ timer, act }: Entry): void => {
    heap.pop();
    live.delete(timer);
    act();
  };
  return {
    now: () => clock,
    add: (act, delay, kind) => {
      const place = places && kind !== "deadline" ? new Error() : undefined;
      const timer: VirtualTimer = {
        kind,
        get setAt() {
          return place === undefined ? `for ${delay} ms` : linesOf(place);
        },
        ref: () => timer,
        unref: () => timer,
        hasRef: () => true,
        refresh: () => {
          const entry = live.get(timer);
          if (entry === undefined) enter(timer, act, dueIn(delay));
          else entry.putOff = dueIn(delay);
          return timer;
        },
        close: () => {
          live.delete(timer);
          return timer;
        },
      };
      const again = (): void => {
        enter(timer, again, dueIn(delay));
        act();
      };
      enter(timer, kind === "interval" ? again : act, dueIn(delay));
      return timer;
    },
    clear: (timer) => void live.delete(timer),
    next: () => first()?.due ?? Number.POSITIVE_INFINITY,
    fire: () => {
      const least = first();
      if (least === undefined) return false;
      clock = Math.max(clock, least.due);
      for (let due: Entry | undefined = least; due !== undefined && due.due <= clock; due = first()) fireOne(due);
      return true;
    },
    pending: () => [...live.values()].map(({ timer }) => timer),
    clearAll: (kind) => {
      for (const { timer } of live.values()) if (timer.kind === kind) live.delete(timer);
    },
  };
}

interface EntryHeap {
  push(entry: Entry): void;
  least(): Entry | undefined;
  pop(): void;
}

function entryHeap(): EntryHeap {
  const entries: Entry[] = [];
  const rise = (entry: Entry): void => {
    let at = entries.length;
    for (;;) {
      const above = entries[(at - 1) >> 1];
      if (at === 0 || above === undefined || !isBefore(entry, above)) break;
      entries[at] = above;
      at = (at - 1) >> 1;
    }
    entries[at] = entry;
  };
  const sink = (entry: Entry): void => {
    let at = 0;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const [first, second] = [entries[left], entries[right]];
      if (first === undefined) break;
      const isSecond = second !== undefined && isBefore(second, first);
      const below = isSecond ? second : first;
      if (!isBefore(below, entry)) break;
      entries[at] = below;
      at = isSecond ? right : left;
    }
    entries[at] = entry;
  };
  return {
    push: rise,
    least: () => entries[0],
    pop: () => {
      const last = entries.pop();
      if (last !== undefined && entries.length > 0) sink(last);
    },
  };
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.due < other.due || (one.due === other.due && one.order < other.order);
}

/** The lines of the stack above this file and the function that stands for the timer; made only when asked for. */
function linesOf({ stack = "" }: Error): string {
  const lines = stack.split("\n").slice(3, 7);
  return lines.map((line) => line.trim()).join(" ← ");
}
