import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { seconds } from "../../../src/engine/time.ts";
import { withTimeToCleanUp } from "../../../src/steps/time-to-clean-up.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A clean-up that takes for ever, and how long it was let. */
async function cleanUpAfter(reason: Error) {
  const step = new AbortController();
  const began = Date.now();
  const cleaning = withTimeToCleanUp(step.signal, (signal) => {
    step.abort(reason);
    return new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  }).catch((thrown: unknown) => thrown);
  await vi.runAllTimersAsync();
  return { thrown: await cleaning, took: Date.now() - began };
}

test("a step whose time is over has half a minute to clean up, one that was aborted a second", async () => {
  const late = await cleanUpAfter(new DOMException("over", "TimeoutError"));
  expect(late).toMatchObject({ thrown: { code: "deadline-exceeded" }, took: seconds(30) });
  const aborted = await cleanUpAfter(new DOMException("Ctrl-C", "AbortError"));
  expect(aborted).toMatchObject({ thrown: { code: "deadline-exceeded" }, took: seconds(1) });
});

test("one that was not ended has the time it needs", async () => {
  const { signal } = new AbortController();
  const cleaning = withTimeToCleanUp(signal, () => new Promise((resolve) => setTimeout(resolve, seconds(90), "clean")));
  await vi.runAllTimersAsync();
  expect(await cleaning).toBe("clean");
});
