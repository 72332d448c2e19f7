import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { createDeadline } from "../../../src/engine/deadline.ts";
import { minutes } from "../../../src/engine/time.ts";

test("ends the work when the time is over", async () => {
  const deadline = createDeadline(new AbortController().signal, 1);
  await new Promise((resolve) => deadline.signal.addEventListener("abort", resolve, { once: true }));
  expect(deadline.isOver).toBe(true);
  expect(deadline.signal.reason).toMatchObject({ name: "TimeoutError" });
});

test("passes on what ends the work from outside, with its reason, also when that came before", () => {
  const outer = new AbortController();
  const before = createDeadline(outer.signal, minutes(1));
  outer.abort(new Error("second Ctrl-C"));
  const after = createDeadline(outer.signal, minutes(1));
  for (const deadline of [before, after]) {
    expect(deadline.signal.reason).toMatchObject({ message: "second Ctrl-C" });
    expect(deadline.isOver).toBe(false);
    deadline.end();
  }
});

test("leaves nothing behind once the work is done", () => {
  const { signal } = new AbortController();
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  const deadlines = Array.from({ length: 100 }, () => createDeadline(signal, minutes(5)));
  expect(timers()).toBe(before + 100);
  expect(getEventListeners(signal, "abort")).toHaveLength(100);
  for (const deadline of deadlines) deadline.end();
  expect(timers()).toBe(before);
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});
