import { describe, expect, test } from "vitest";
import { buildPlan } from "../../../src/engine/plan.ts";
import { changesIn, reviewPlan } from "../../../src/engine/review.ts";
import { differs, missing, satisfied } from "../../../src/engine/step.ts";
import { emptyWorld, onceStep, type Place, run } from "./steps.ts";

const world = emptyWorld();
const failing = onceStep(world, "failing", { check: () => Promise.reject(new Error("no such program")) });
const steps = [
  onceStep(world, "made", { check: async () => missing("not there") }),
  onceStep(world, "altered", { needs: ["made"], check: async () => differs("another one") }),
  onceStep(world, "alone", { danger: "it is the last one", check: async () => differs("in use") }),
  onceStep(world, "seen", {
    danger: "in general",
    check: async () => differs("in use by 3", { danger: "three people notice" }),
  }),
  onceStep(world, "held", { danger: "only if it changed", check: async () => satisfied("as wanted") }),
];

async function reviewed(...lists: Parameters<typeof buildPlan<Place, Place>>[0][number][]) {
  const plan = buildPlan(lists);
  const { events } = await run({ plan, dryRun: true });
  return reviewPlan(plan, events);
}

describe("the review of a plan", () => {
  test("says of every step what it would do and why, and which changes are dangerous here", async () => {
    const { entries, counts } = await reviewed({ node: "w-1", steps: steps });
    expect(entries.map(({ key, kind, saw, danger }) => [key, kind, saw, danger])).toEqual([
      ["made@w-1", "create", "not there", undefined],
      ["altered@w-1", "change", "another one", undefined],
      ["alone@w-1", "danger", "in use", "it is the last one"],
      ["seen@w-1", "danger", "in use by 3", "three people notice"],
      ["held@w-1", "satisfied", "as wanted", undefined],
    ]);
    expect(entries[1]).toMatchObject({ step: "altered", title: "Do altered", node: "w-1", needs: ["made@w-1"] });
    expect(counts).toEqual({ create: 1, change: 1, danger: 2, satisfied: 1, unknown: 0 });
  });

  test("keeps the order of the plan, whatever was looked at first", async () => {
    const first = onceStep(world, "first", { needs: ["last"] });
    const { entries } = await reviewed({ node: "w-1", steps: [first, onceStep(world, "last")] });
    expect(entries.map(({ step }) => step)).toEqual(["first", "last"]);
  });

  test("a step that cannot be looked at is unknown, and so is what its node has behind it", async () => {
    const behind = onceStep(world, "behind", { needs: ["failing"] });
    const { entries, counts } = await reviewed(
      { node: "w-1", steps: [failing, behind] },
      { node: "w-2", steps: [onceStep(world, "fine")] },
    );
    expect(counts).toMatchObject({ unknown: 2, create: 1 });
    expect(entries[0]).toMatchObject({ kind: "unknown", error: { code: "bug", node: "w-1" } });
    expect(entries[1]?.saw).toBe("its node was set aside: Unexpected failure: no such program");
  });

  test("counts what would change", async () => {
    expect(changesIn(await reviewed({ node: "w-1", steps: steps }))).toBe(4);
  });
});
