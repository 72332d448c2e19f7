import { expect, test } from "vitest";
import type { StepOutcome } from "../../../src/engine/events.ts";
import { type Finished, summarise } from "../../../src/engine/summary.ts";

const ended = (id: string, node: string, durationMs: number, outcome: StepOutcome = "changed"): Finished => ({
  planned: { key: `${id}@${node}`, step: { id }, node, needs: [] },
  outcome,
  durationMs,
});
const summaryOf = (finished: readonly Finished[]) =>
  summarise(finished, { durationMs: 1, setAside: [], interrupted: false, failed: false });

test("tells how long each step took over all its nodes, the slowest first", () => {
  const { slowest } = summaryOf([
    ended("packages", "w-1", 10),
    ended("packages", "w-2", 40),
    ended("packages", "w-3", 20),
    ended("init", "cp-1", 60.4),
    ended("packages", "w-4", 0, "skipped"),
  ]);
  expect(slowest).toEqual([
    { step: "init", instances: 1, medianMs: 60, maxMs: 60, totalMs: 60 },
    { step: "packages", instances: 3, medianMs: 20, maxMs: 40, totalMs: 70 },
  ]);
});

test("the middle one of an even number is the lower", () => {
  expect(summaryOf([ended("a", "w-1", 1), ended("a", "w-2", 9)]).slowest?.[0]?.medianMs).toBe(1);
});

test("names only the slowest few", () => {
  const many = Array.from({ length: 9 }, (_, index) => ended(`s-${index}`, "w-1", index));
  expect(summaryOf(many).slowest?.map(({ step }) => step)).toEqual(["s-8", "s-7", "s-6", "s-5", "s-4"]);
});
