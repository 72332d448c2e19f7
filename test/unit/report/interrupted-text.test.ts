import { expect, test } from "vitest";
import type { InterruptedRun } from "../../../src/report/interrupted-run.ts";
import { interruptedText } from "../../../src/report/interrupted-text.ts";

const run: InterruptedRun = {
  id: "20261121T122130Z-8fa4",
  cluster: "demo",
  command: "install",
  host: "ops-1",
  outcome: "broken off",
  started: new Date("2026-11-21T12:21:30Z"),
  lastEvent: new Date("2026-11-21T12:21:58Z"),
  nodes: ["cp-1", "w-1"],
  midFlight: [{ title: "Join the cluster", node: "w-1" }, { title: "Label nodes" }],
  failed: [],
};
const same = { presetChanged: false, nodesGone: [] };
const begun = "Run 20261121T122130Z-8fa4 (install, begun 2026-11-21 12:21:30 UTC on ops-1)";

test("says which run, when, and what it was in the middle of", () => {
  expect(interruptedText(run, same)).toBe(
    `${begun} was broken off at 12:21:58 in the middle of "Join the cluster" on w-1, "Label nodes".`,
  );
});

test.each([
  [{ midFlight: [] }, "was broken off at 12:21:58 between two steps."],
  [{ outcome: "unfinished", midFlight: [] }, "has no end; it was last heard of at 12:21:58 between two steps."],
  [{ outcome: "interrupted", midFlight: [] }, "was interrupted at 12:21:58."],
  [
    { outcome: "failed", failed: [{ title: "Turn swap off", node: "w-1" }] },
    'failed at 12:21:58 in "Turn swap off" on w-1.',
  ],
] as const)("says how it ended: %j", (end, text) => {
  expect(interruptedText({ ...run, ...end }, same)).toBe(`${begun} ${text}`);
});

test("says what is different now", () => {
  const text = interruptedText({ ...run, midFlight: [] }, { presetChanged: true, nodesGone: ["w-2", "w-3"] });
  expect(text).toMatch(/between two steps; the preset has changed since; w-2, w-3 are no longer in the preset\.$/);
});

test("stays one line when many nodes were at work", () => {
  const midFlight = Array.from({ length: 200 }, (_, index) => ({ title: "Join the cluster", node: `w-${index}` }));
  expect(interruptedText({ ...run, midFlight }, same)).toMatch(/"Join the cluster" on w-4 and 195 more\.$/);
});
