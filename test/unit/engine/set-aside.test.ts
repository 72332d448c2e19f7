import { describe, expect, test } from "vitest";
import { type ErrorCode, InstallerError } from "../../../src/engine/errors.ts";
import { buildPlan } from "../../../src/engine/plan.ts";
import { emptyWorld, onceStep, run } from "./steps.ts";

const failed = (code: ErrorCode, node: string) => new InstallerError(code, { message: `${node} failed`, node });
const withoutControlPlane = (nodes: ReadonlySet<string>) => !nodes.has("cp-1");

describe("a node that is lost", () => {
  test("before the run began is set aside at once; what the others need is not waited for", async () => {
    const world = emptyWorld();
    const join = onceStep(world, "join");
    const { summary, setAside, events } = await run({
      plan: buildPlan([
        { node: "w-1", steps: [join] },
        { node: "w-2", steps: [join] },
        { steps: [onceStep(world, "labels", { on: "cluster", needs: ["join"] })] },
      ]),
      absent: new Map([["w-2", failed("unreachable", "w-2")]]),
    });
    expect(world.applied).toEqual(["join@w-1", "labels@cluster"]);
    expect(summary).toMatchObject({ outcome: "partial", setAside: ["w-2"], counts: { changed: 2, skipped: 1 } });
    expect(setAside.get("w-2")?.code).toBe("unreachable");
    expect(events[1]).toMatchObject({ type: "node-set-aside", node: "w-2", error: { code: "unreachable" } });
  });

  test("is set aside also when a step on the cluster notices it, and that step is done without it", async () => {
    const world = emptyWorld();
    let attempts = 0;
    const verify = onceStep(world, "verify", {
      on: "cluster",
      needs: ["join"],
      apply: async () => {
        attempts += 1;
        if (attempts === 1) throw failed("connection-lost", "w-2");
        world.done.add("verify@cluster");
      },
    });
    const { summary, events } = await run({
      plan: buildPlan([
        { node: "w-1", steps: [onceStep(world, "join")] },
        { node: "w-2", steps: [onceStep(world, "join")] },
        { steps: [verify] },
      ]),
      canLose: withoutControlPlane,
    });
    expect(summary).toMatchObject({ outcome: "partial", setAside: ["w-2"], counts: { changed: 3, failed: 0 } });
    const told = events.filter(({ type }) => type === "node-set-aside" || type === "step-finished").slice(-3);
    expect(told).toMatchObject([
      { step: "verify", outcome: "failed" },
      { type: "node-set-aside", node: "w-2" },
      { step: "verify", outcome: "changed" },
    ]);
  });

  test("that a step on the cluster cannot do without stops the run, after one further attempt", async () => {
    const world = emptyWorld();
    const stubborn = onceStep(world, "verify", {
      on: "cluster",
      apply: () => Promise.reject(failed("connection-lost", "w-2")),
    });
    const { summary, error } = await run({ plan: buildPlan([{ steps: [stubborn] }]) });
    expect(summary).toMatchObject({ outcome: "failed", setAside: ["w-2"] });
    expect(error?.code).toBe("connection-lost");
  });

  test("is the one that does not answer, not the one whose step noticed it", async () => {
    const world = emptyWorld();
    const join = onceStep(world, "join", { apply: () => Promise.reject(failed("unreachable", "cp-1")) });
    const { summary, error } = await run({
      plan: buildPlan([{ node: "w-1", steps: [join, onceStep(world, "ready", { needs: ["join"] })] }]),
      canLose: withoutControlPlane,
    });
    expect(summary).toMatchObject({ outcome: "failed", setAside: [], counts: { failed: 1, skipped: 1 } });
    expect(error?.details).toMatchObject({ node: "cp-1", step: "join" });
  });

  test("stays set aside although it answers again", async () => {
    const world = emptyWorld();
    let release = (): void => {};
    const slow = onceStep(world, "images", {
      apply: async ({ node }) => {
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        world.done.add(`images@${node}`);
      },
    });
    const lost = onceStep(world, "packages", {
      apply: async () => {
        queueMicrotask(() => setImmediate(release));
        throw failed("connection-lost", "w-1");
      },
    });
    const { summary } = await run({
      plan: buildPlan([{ node: "w-1", steps: [slow, lost, onceStep(world, "join", { needs: ["images"] })] }]),
    });
    expect(summary).toMatchObject({ outcome: "partial", counts: { changed: 1, failed: 1, skipped: 1 } });
    expect(world.applied).toEqual([]);
  });
});

test("nodes are set aside only as long as the run can do without them all", async () => {
  const world = emptyWorld();
  const broken = (node: string) =>
    onceStep(world, "join", { apply: () => Promise.reject(failed("step-failed", node)) });
  const { summary } = await run({
    plan: buildPlan([
      { node: "cp-2", steps: [broken("cp-2")] },
      { node: "cp-3", steps: [{ ...broken("cp-3"), id: "join-later", needs: ["join"] }] },
    ]),
    canLose: (nodes) => nodes.size < 2,
  });
  expect(summary).toMatchObject({ outcome: "failed", setAside: ["cp-2"] });
});
