import { describe, expect, test } from "vitest";
import type { RunEvent, StepOutcome } from "../../../src/engine/events.ts";
import { taskRows, worthLookingAt } from "../../../src/ui/run/task-rows.ts";
import { createTaskTree } from "../../../src/ui/run/task-tree.ts";

const entry = (step: string, node?: string) => ({
  ...{ key: node === undefined ? step : `${step}@${node}`, step, title: `Do ${step}` },
  ...(node === undefined ? {} : { node }),
});
const started = (step: string, node: string): RunEvent => ({ type: "step-started", step, title: step, node });
const finished = (step: string, node: string, outcome: StepOutcome): RunEvent => ({
  ...{ type: "step-finished", step, title: step, node, outcome, message: "", durationMs: 1 },
});
const plan = [entry("a", "cp-1"), entry("a", "w-1"), entry("b", "cp-1"), entry("c")];

describe("the tree of steps", () => {
  test("has a line per step in plan order, and below it one per node", () => {
    const { lines } = createTaskTree(plan);
    expect(lines.map(({ title, instances }) => [title, instances])).toEqual([
      ["Do a", 2],
      ["Do b", 1],
      ["Do c", 1],
    ]);
    expect(lines[0]?.children.map(({ title }) => title)).toEqual(["cp-1", "w-1"]);
  });

  test("follows the run and comes to rest with it", async () => {
    const tree = createTaskTree(plan);
    tree.apply(started("a", "cp-1"));
    expect(tree.lines[0]?.state).toBe("running");
    tree.apply(finished("a", "cp-1", "changed"));
    tree.apply(finished("a", "w-1", "satisfied"));
    tree.apply(finished("b", "cp-1", "failed"));
    await tree.end();
    expect(tree.lines.map(({ state, ended }) => [state, ended])).toEqual([
      ["done", 2],
      ["failed", 1],
      ["skipped", 1],
    ]);
  });

  test("with very many nodes has no line per node", async () => {
    const many = Array.from({ length: 300 }, (_, index) => entry("a", `w-${index}`));
    const tree = createTaskTree(many);
    expect(tree.lines[0]?.children).toEqual([]);
    tree.apply(finished("a", "w-7", "failed"));
    await tree.end();
    expect(tree.lines[0]).toMatchObject({ state: "failed", ended: 300, instances: 300 });
  });
});

describe("the rows of the steps", () => {
  test("open what failed and what was opened, and follow the failure, else what runs", async () => {
    const tree = createTaskTree(plan);
    const rows = () => taskRows(tree.lines, new Set());
    expect(worthLookingAt(rows())).toBeUndefined();
    tree.apply(started("b", "cp-1"));
    expect(worthLookingAt(rows())).toBe(1);
    tree.apply(finished("a", "w-1", "failed"));
    await tree.end();
    expect(rows().map(({ line }) => line.title)).toEqual(["Do a", "cp-1", "w-1", "Do b", "Do c"]);
    expect(worthLookingAt(rows())).toBe(2);
    expect(taskRows(tree.lines, new Set(["a", "b"])).map(({ line }) => line.title)).toEqual([
      "Do a",
      "Do b",
      "cp-1",
      "Do c",
    ]);
  });
});
