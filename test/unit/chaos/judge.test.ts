import { expect, test } from "vitest";
import { notClear, notDone, notIdle } from "../../../scripts/chaos/lab/judge.ts";
import type { ProgramEnd, SeenEvent } from "../../../scripts/chaos/lab/program-run.ts";

const counts = { satisfied: 3, changed: 0, failed: 0, skipped: 0 };
const summary = (change: Partial<SeenEvent> = {}): SeenEvent => ({ at: 9, type: "summary", counts, ...change });
const ended = (change: Partial<ProgramEnd> = {}): ProgramEnd => ({
  ...{ args: [], exitCode: 0, durationMs: 9, events: [summary()], stdout: "", stderr: "", hung: false },
  ...change,
});

test("a run that ends with 0 is done, any other is not, and a hang is a hang", () => {
  expect(notDone(ended())).toEqual([]);
  expect(notDone(ended({ exitCode: 1, stderr: "error[step-failed]: no" }))).toEqual([
    "it ended with 1: error[step-failed]: no",
  ]);
  expect(notDone(ended({ hung: true }))).toEqual(["it never ended"]);
});

test("a third run may change, fail and skip nothing, and names the step that did", () => {
  expect(notIdle(ended())).toEqual([]);
  const step: SeenEvent = { at: 1, type: "step-finished", step: "os.hosts", node: "w-1", outcome: "changed" };
  const changed = ended({ events: [step, summary({ counts: { ...counts, changed: 1 } })] });
  expect(notIdle(changed)).toEqual(["it changed 1: os.hosts@w-1 changed"]);
  expect(notIdle(ended({ events: [] }))).toEqual(["it changed ?: "]);
});

test("a disturbed run may fail with a known code and a reason, but not crash, not fall silent and not say bug", () => {
  const told = "error[unreachable]: w-1 is gone";
  expect(notClear(ended({ exitCode: 4, stderr: told }), [0, 4])).toEqual([]);
  expect(notClear(ended({ exitCode: 1, stderr: told }), [0, 4])).toContain("it ended with 1");
  expect(notClear(ended({ exitCode: 4 }), [4])).toContain("it did not say why");
  expect(notClear(ended({ exitCode: 4, stderr: told, events: [] }), [4])).toContain("its last line is no summary");
  expect(notClear(ended({ exitCode: 1, stderr: "error[bug]: oh" }), [1])).toContain("it met what it has no words for");
  expect(notClear(ended({ exitCode: 6, stderr: told }), [6])).toContain("it named no node it set aside");
  expect(notClear(ended({ exitCode: 6, stderr: told, events: [summary({ setAside: ["w-1"] })] }), [6])).toEqual([]);
});
