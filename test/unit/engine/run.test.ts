import { describe, expect, test } from "vitest";
import { InstallerError } from "../../../src/engine/errors.ts";
import { buildPlan } from "../../../src/engine/plan.ts";
import { missing } from "../../../src/engine/step.ts";
import { emptyWorld, onceStep, run } from "./steps.ts";

const failure = () => new InstallerError("step-failed", { message: "the disk is on fire" });

describe("runPlan", () => {
  test("a step starts after what it needs, and a second run changes nothing", async () => {
    const world = emptyWorld();
    const lists = [
      { node: "cp-1", steps: [onceStep(world, "images"), onceStep(world, "init", { needs: ["images"] })] },
      { node: "w-1", steps: [onceStep(world, "images"), onceStep(world, "join", { needs: ["images", "init"] })] },
    ];
    const first = await run({ plan: buildPlan(lists) });
    expect(first.summary).toMatchObject({ outcome: "ok", counts: { changed: 4 } });
    expect(world.applied.indexOf("init@cp-1")).toBeLessThan(world.applied.indexOf("join@w-1"));
    const second = await run({ plan: buildPlan(lists) });
    expect(second.summary.counts).toMatchObject({ changed: 0, satisfied: 4 });
  });

  test("a dry run applies nothing and plans steps it cannot look at yet", async () => {
    const world = emptyWorld();
    const images = onceStep(world, "images", {
      needs: ["containerd"],
      check: async () => {
        throw new InstallerError("command-failed", { message: "ctr: not found" });
      },
    });
    const plan = buildPlan([{ node: "w-1", steps: [onceStep(world, "containerd"), images] }]);
    const { summary, events } = await run({ plan, dryRun: true });
    expect(world.applied).toEqual([]);
    expect(summary).toMatchObject({ outcome: "ok", counts: { "would-change": 2, failed: 0 } });
    const last = events.find((event) => event.type === "step-finished" && event.step === "images");
    expect(last).toMatchObject({ message: "cannot be looked at before the steps it needs are done" });
  });

  test("a lost node is set aside; the others and the cluster's steps go on", async () => {
    const world = emptyWorld();
    const join = (node: string) =>
      onceStep(world, "join", node === "w-2" ? { apply: () => Promise.reject(failure()) } : {});
    const labels = onceStep(world, "labels", { needs: ["join"] });
    const verify = onceStep(world, "verify", { on: "cluster", needs: ["labels"] });
    const { summary, events, error } = await run({
      plan: buildPlan([
        { node: "w-1", steps: [join("w-1"), labels] },
        { node: "w-2", steps: [join("w-2"), labels] },
        { steps: [verify] },
      ]),
    });
    expect(summary).toMatchObject({ outcome: "partial", setAside: ["w-2"] });
    expect(world.applied.sort()).toEqual(["join@w-1", "labels@w-1", "verify@cluster"]);
    expect(events.filter((event) => event.type === "node-set-aside")).toHaveLength(1);
    expect(error?.details).toMatchObject({ node: "w-2", step: "join" });
  });

  test("a critical node that fails stops the run safely", async () => {
    const world = emptyWorld();
    const init = onceStep(world, "init", { apply: () => Promise.reject(failure()) });
    const { summary } = await run({
      plan: buildPlan([
        { node: "cp-1", steps: [init] },
        { node: "w-1", steps: [onceStep(world, "join", { needs: ["init"] })] },
      ]),
      canLose: (nodes) => !nodes.has("cp-1"),
    });
    expect(summary).toMatchObject({ outcome: "failed", counts: { failed: 1, skipped: 1 } });
    expect(world.applied).toEqual([]);
  });

  test("a step that says it worked but did not is a failure", async () => {
    const world = emptyWorld();
    const liar = onceStep(world, "liar", { check: async () => missing("still nothing there") });
    const { error } = await run({ plan: buildPlan([{ node: "w-1", steps: [liar] }]) });
    expect(error?.message).toContain("the wanted state does not hold: still nothing there");
  });

  test("a step past its deadline fails with that reason", async () => {
    const world = emptyWorld();
    const slow = onceStep(world, "slow", {
      deadline: 20,
      apply: ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true })),
    });
    const { error } = await run({ plan: buildPlan([{ node: "w-1", steps: [slow] }]) });
    expect(error?.code).toBe("deadline-exceeded");
  });

  test("stop lets the running step end and starts no more", async () => {
    const world = emptyWorld();
    const stop = new AbortController();
    const first = onceStep(world, "first", {
      apply: async ({ node }) => {
        stop.abort();
        world.applied.push(`first@${node}`);
        world.done.add(`first@${node}`);
      },
    });
    const { summary } = await run({
      plan: buildPlan([{ node: "w-1", steps: [first, onceStep(world, "second", { needs: ["first"] })] }]),
      stop: stop.signal,
    });
    expect(world.applied).toEqual(["first@w-1"]);
    expect(summary).toMatchObject({ outcome: "interrupted", counts: { changed: 1, skipped: 1 } });
  });

  test("a failed apply is tried again as often as the step allows", async () => {
    const world = emptyWorld();
    let attempts = 0;
    const shaky = onceStep(world, "shaky", {
      retries: 1,
      apply: async ({ node }) => {
        attempts += 1;
        if (attempts === 1) throw failure();
        world.done.add(`shaky@${node}`);
      },
    });
    const { summary } = await run({ plan: buildPlan([{ node: "w-1", steps: [shaky] }]) });
    expect(summary.outcome).toBe("ok");
    expect(attempts).toBe(2);
  });

  test("the critical path is the longest chain by time", async () => {
    const world = emptyWorld();
    const slow = onceStep(world, "slow", { needs: ["quick"] });
    const { summary } = await run({ plan: buildPlan([{ node: "w-1", steps: [onceStep(world, "quick"), slow] }]) });
    expect(summary.criticalPath.map(({ step }) => step)).toEqual(["quick", "slow"]);
  });
});
