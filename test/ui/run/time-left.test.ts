import { describe, expect, test } from "vitest";
import { createTimeLeft, roughly, type TimedEntry } from "../../../src/ui/run/time-left.ts";
import { createTimeTeller } from "../../../src/ui/run/time-teller.ts";

const step = (key: string, needs: readonly string[] = [], kind: TimedEntry["kind"] = "create"): TimedEntry => ({
  ...{ key, step: key.split("@")[0] ?? key, needs, kind },
});
const plan = [step("a"), step("b", ["a"]), step("c", ["a"]), step("d", ["b", "c"])];
const [a, b, c, d, e] = [0, 1, 2, 3, 4] as const;
const history = new Map([
  ["a", 1000],
  ["b", 2000],
  ["c", 30_000],
  ["d", 4000],
]);
const learnt = (steps: readonly TimedEntry[] = plan) => {
  const time = createTimeLeft(steps);
  time.learn(history);
  return time;
};

describe("the time left", () => {
  test("is the longest chain of steps that have not ended", () => {
    const time = learnt();
    expect(time.left(0)).toBe(35_000);
    time.ended(a);
    expect(time.left(0)).toBe(34_000);
    time.ended(c);
    time.ended(b);
    expect(time.left(0)).toBe(4000);
    time.ended(d);
    expect(time.left(0)).toBe(0);
  });

  test("counts what a running step has had already, at most all of it", () => {
    const time = learnt();
    time.started(a, 100);
    expect(time.left(500)).toBe(34_600);
    expect(time.left(60_100)).toBe(34_000);
  });

  test("a step that was never measured gives no estimate until it has ended", () => {
    const time = learnt([...plan, step("e", ["d"])]);
    expect(time.left(0)).toBeUndefined();
    time.ended(e);
    expect(time.left(0)).toBe(35_000);
  });

  test("is known as well when earlier runs are read while steps run", () => {
    const time = createTimeLeft(plan);
    time.started(a, 0);
    time.ended(a);
    expect(time.left(0)).toBeUndefined();
    time.learn(history);
    expect(time.left(0)).toBe(34_000);
  });

  test("what is as wanted already costs only a look", () => {
    expect(learnt([step("unmeasured", [], "satisfied")]).left(0)).toBe(200);
  });

  test.each([
    [3000, "a few seconds left"],
    [34_000, "~40 s left"],
    [61_000, "~2 min left"],
  ])("%i ms are %s", (milliseconds, words) => {
    expect(roughly(milliseconds)).toBe(words);
  });
});

describe("what is said about it", () => {
  const teller = () => createTimeTeller(plan);

  test("is nothing without earlier runs, and nothing in the first ten seconds", () => {
    const time = teller();
    expect(time.say(60_000)).toBeUndefined();
    time.learn(history);
    expect(time.say(9999)).toBeUndefined();
    expect(time.say(10_000)).toBe("~40 s left");
  });

  test("is slower than usual once the estimate is exceeded, instead of a growing one", () => {
    const time = teller();
    time.learn(history);
    expect(time.say(10_000)).toBe("~40 s left");
    expect(time.say(12_000)).toBe("~40 s left");
    expect(time.say(40_000)).toBe("slower than usual, ~40 s left");
    for (const number of [a, b, c, d]) time.ended(number);
    expect(time.say(80_000)).toBe("slower than usual");
  });

  test("changes at most once a second", () => {
    const time = teller();
    time.learn(history);
    time.say(10_000);
    for (const number of [a, c]) time.ended(number);
    expect(time.say(10_500)).toBe("~40 s left");
    expect(time.say(11_000)).toBe("a few seconds left");
  });
});
