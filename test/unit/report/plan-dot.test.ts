import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { planDot } from "../../../src/report/plan-dot.ts";
import { aPlan } from "./a-plan.ts";

/** What Graphviz itself understands. */
function drawn(lines: readonly string[]) {
  const json = execFileSync("dot", ["-Tdot_json"], { input: lines.join("\n"), encoding: "utf8" });
  const { name, objects, edges } = JSON.parse(json);
  const at = (index: number) => objects[index];
  return { name, objects, edges: edges.map((edge: { tail: number; head: number }) => [at(edge.tail), at(edge.head)]) };
}

test("Graphviz draws a frame per node, a box per step and an arrow per need", () => {
  const { name, objects, edges } = drawn(planDot(aPlan));
  expect(name).toBe("demo");
  const frames = objects.filter((object: { nodes?: number[] }) => object.nodes !== undefined);
  expect(frames.map(({ label, nodes }: { label: string; nodes: number[] }) => [label, nodes.length])).toEqual([
    ["cp-1", 3],
    ["w-1", 1],
    ["w-2", 2],
    ["demo", 1],
  ]);
  expect(edges.map(([from, to]: { name: string }[]) => `${from?.name} -> ${to?.name}`)).toEqual([
    "os.swap@cp-1 -> nodes.labels",
    "os.packages@w-1 -> nodes.labels",
  ]);
});

test("kinds are told apart by mark and colour, and what was seen is kept to the letter", () => {
  const { objects } = drawn(planDot(aPlan));
  const boxes = objects.filter((object: { fillcolor?: string }) => object.fillcolor !== undefined);
  const marks = new Map(
    boxes.map(({ label, fillcolor }: { label: string; fillcolor: string }) => [label[0], fillcolor]),
  );
  expect([...marks.keys()].sort()).toEqual(["!", "+", "=", "?", "~"]);
  expect(new Set(marks.values()).size).toBe(5);
  const swap = boxes.find(({ name }: { name: string }) => name === "os.swap@cp-1");
  expect(swap.tooltip).toBe(String.raw`swaps to "/dev/sdb\\2"; danger: swap goes`);
});
