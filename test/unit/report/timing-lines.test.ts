import { expect, test } from "vitest";
import type { RunSummary } from "../../../src/engine/events.ts";
import { timingLines } from "../../../src/report/timing-lines.ts";

const summary: RunSummary = {
  outcome: "ok",
  durationMs: 111_000,
  counts: { satisfied: 6, changed: 27, "would-change": 0, failed: 0, skipped: 0 },
  setAside: [],
  criticalPath: [
    { step: "os.receipt", node: "cp-1", durationMs: 80 },
    { step: "os.packages", node: "cp-1", durationMs: 14_700 },
    { step: "kubeadm.init", node: "cp-1", durationMs: 65_000 },
    { step: "verify.cluster", durationMs: 14_500 },
  ],
  slowest: [
    { step: "kubeadm.init", instances: 1, medianMs: 65_000, maxMs: 65_000, totalMs: 65_000 },
    { step: "os.packages", instances: 199, medianMs: 14_100, maxMs: 14_700, totalMs: 2_806_000 },
    { step: "os.swap", instances: 2, medianMs: 90, maxMs: 120, totalMs: 210 },
  ],
};

test("says which chain of steps decided, and which steps took longest", () => {
  expect(timingLines(summary)).toEqual([
    "critical path, 1 min 34 s:",
    "     14.7 s  os.packages              cp-1",
    "1 min 05 s  kubeadm.init             cp-1".padStart(42),
    "     14.5 s  verify.cluster           cluster",
    "             and 1 of less than 1.0 s",
    "slowest steps:",
    "    slowest       median          all",
    " 1 min 05 s   1 min 05 s   1 min 05 s  kubeadm.init",
    "     14.7 s       14.1 s  46 min 46 s  os.packages × 199",
  ]);
});

test("is narrow enough for 80 columns beside time and node", () => {
  expect(Math.max(...timingLines(summary).map((line) => line.length))).toBeLessThanOrEqual(60);
});

test("a run that changed nothing needs no timings", () => {
  expect(timingLines({ ...summary, counts: { ...summary.counts, changed: 0 } })).toEqual([]);
});
