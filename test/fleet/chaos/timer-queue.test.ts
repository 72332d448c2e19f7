import { describe, expect, test } from "vitest";
import { timerQueue } from "./timer-queue.ts";

describe("the timers of a clock that moves only with them", () => {
  test("fire in the order they are due, those of the same moment in the order they were set", () => {
    const queue = timerQueue(1000);
    const fired: string[] = [];
    for (const [name, delay] of [
      ["late", 30],
      ["first", 10],
      ["second", 10],
      ["early", 5],
    ] as const) {
      queue.add(() => fired.push(`${name} at ${queue.now()}`), delay, "timeout");
    }
    while (queue.fire());
    expect(fired).toEqual(["early at 1005", "first at 1010", "second at 1010", "late at 1030"]);
  });

  test("do not fire once cleared, and are not pending any more", () => {
    const queue = timerQueue(0);
    const timer = queue.add(() => expect.unreachable(), 5, "timeout");
    queue.clear(timer);
    expect(queue.pending()).toEqual([]);
    expect(queue.next()).toBe(Number.POSITIVE_INFINITY);
    expect(queue.fire()).toBe(false);
  });

  test("come again and again as intervals until they are cleared", () => {
    const queue = timerQueue(0);
    const fired: number[] = [];
    const timer = queue.add(() => fired.push(queue.now()), 10, "interval");
    for (let times = 0; times < 3; times++) queue.fire();
    expect(fired).toEqual([10, 20, 30]);
    expect(queue.pending()).toEqual([timer]);
    queue.clear(timer);
    expect(queue.fire()).toBe(false);
  });

  test("fire later when they are refreshed meanwhile", () => {
    const queue = timerQueue(0);
    const fired: string[] = [];
    const timer = queue.add(() => fired.push(`refreshed at ${queue.now()}`), 10, "timeout");
    queue.add(() => timer.refresh(), 5, "timeout");
    queue.add(() => fired.push(`other at ${queue.now()}`), 12, "timeout");
    while (queue.fire());
    expect(fired).toEqual(["other at 12", "refreshed at 15"]);
  });

  test("tell the place that set them", () => {
    const queue = timerQueue(0, { places: true });
    const setHere = () => queue.add(() => {}, 10, "timeout");
    const throughGlobal = () => setHere();
    const timer = throughGlobal();
    expect(timer.setAt).toContain("timer-queue.test.ts");
  });

  test("keep their order among many", () => {
    const queue = timerQueue(0);
    const fired: number[] = [];
    for (let count = 0; count < 1000; count++) {
      const delay = (count * 7919) % 1009 || 1;
      queue.add(() => fired.push(delay), delay, "timeout");
    }
    while (queue.fire());
    expect(fired).toHaveLength(1000);
    expect(fired).toEqual([...fired].sort((a, b) => a - b));
  });
});
