import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { RunEvent } from "../../../src/engine/events.ts";
import { countsOfNodes, nextFailed, nodesMatching } from "../../../src/ui/run/node-choice.ts";
import { createRunModel } from "../../../src/ui/run/run-model.ts";

const plan = [
  { key: "cluster.up", step: "cluster.up", title: "Bring it up", needs: ["b@cp-1"] },
  ...["w-1", "cp-1"].flatMap((node) =>
    ["a", "b"].map((step) => ({ key: `${step}@${node}`, step, title: `Do ${step}`, node, needs: [] })),
  ),
];
const roles = new Map([
  ["cp-1", ["control-plane"]],
  ["w-1", ["worker"]],
]);
const started = (step: string, node: string): RunEvent => ({ type: "step-started", step, title: `Do ${step}`, node });
const finished = (step: string, node: string, failure?: string): RunEvent => ({
  ...{ type: "step-finished", step, title: `Do ${step}`, node, message: failure ?? "made", durationMs: 5 },
  ...(failure === undefined
    ? { outcome: "changed" as const }
    : { outcome: "failed" as const, error: { code: "command-failed" as const, message: failure } }),
});

describe("what is known of a run", () => {
  let time = 0;
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const fresh = () => createRunModel({ plan, roles, now: () => time });

  test("has the nodes in the order of the preset, the cluster last", () => {
    expect(fresh().nodes.map(({ name, total }) => [name, total])).toEqual([
      ["cp-1", 2],
      ["w-1", 2],
      ["cluster", 1],
    ]);
  });

  test("counts steps, and knows how far each node is and since when", () => {
    const model = fresh();
    time = 1000;
    model.apply(started("a", "cp-1"));
    expect([model.begun, model.node("cp-1")?.state]).toEqual([true, "running"]);
    time = 2000;
    for (const event of [finished("a", "cp-1"), started("b", "cp-1"), finished("b", "cp-1")]) model.apply(event);
    expect(model.node("cp-1")).toMatchObject({ state: "done", done: 2, changed: 2, startedAt: 1000, endedAt: 2000 });
    expect([model.done, model.total]).toEqual([2, 5]);
  });

  test("says what is waited for where nothing runs", () => {
    const model = fresh();
    expect(model.waitsFor("cluster")).toBe("Do b on cp-1");
    for (const event of [started("b", "cp-1"), finished("b", "cp-1"), started("cluster.up", "cp-1")])
      model.apply(event);
    expect(model.waitsFor("cluster")).toBe("");
    expect(model.waitsFor("w-1")).toBe("");
  });

  test("keeps what failed with its reason, and what was set aside", () => {
    const model = fresh();
    model.apply(finished("a", "cp-1", "no space"));
    model.apply({ type: "node-set-aside", node: "w-1", error: { code: "unreachable", message: "is gone" } });
    expect(model.failures).toMatchObject([{ step: "a", node: "cp-1", error: { message: "no space" } }]);
    expect(model.nodes.map(({ state }) => state)).toEqual(["failed", "set-aside", "waiting"]);
    expect(countsOfNodes(model.nodes)).toBe("0/3 done, 1 failed, 1 set aside");
    expect(nodesMatching(model.nodes, "aside").map(({ name }) => name)).toEqual(["w-1"]);
    expect(nodesMatching(model.nodes, "CONTROL").map(({ name }) => name)).toEqual(["cp-1"]);
    expect([nextFailed(model.nodes, 0), nextFailed(model.nodes, 1)]).toEqual([1, 0]);
  });

  test("a node nobody planned for is shown all the same", () => {
    const model = fresh();
    model.apply(started("a", "w-9"));
    expect(model.nodes.at(-1)?.name).toBe("w-9");
  });

  test("what is said has the node's name among all lines, and each line of a text is one", () => {
    const model = fresh();
    model.apply({ type: "diagnostic", level: "info", message: "first\nsecond" });
    model.apply({ type: "step-output", step: "a", title: "Do a", node: "w-1", line: "hello" });
    expect(model.note).toBe("first");
    expect([0, 1, 2].map((line) => model.lines().at(line))).toEqual([
      "cluster first",
      "cluster second",
      "w-1     hello",
    ]);
    expect(model.lines("w-1").at(0)).toBe("hello");
  });

  test("its clock stands still once it is closed, and no timer is left", () => {
    const model = fresh();
    time = 5000;
    model.close();
    time = 9000;
    expect(model.endedAt).toBe(5000);
    expect(vi.getTimerCount()).toBe(0);
  });
});
