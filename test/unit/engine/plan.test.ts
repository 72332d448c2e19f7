import { describe, expect, test } from "vitest";
import { buildPlan, invertPlan } from "../../../src/engine/plan.ts";
import { missing, satisfied } from "../../../src/engine/step.ts";
import { emptyWorld, onceStep } from "./steps.ts";

const world = emptyWorld();
const undo = {
  title: "Take away",
  check: async () => satisfied("gone"),
  apply: async () => undefined,
};
const packages = onceStep(world, "os.packages", { undo });
const images = onceStep(world, "runtime.images", { needs: ["os.packages"] });
const init = onceStep(world, "kubeadm.init", { needs: ["runtime.images"], undo });
const join = onceStep(world, "kubeadm.join", { needs: ["runtime.images", "kubeadm.init"], undo });
const verify = onceStep(world, "verify.pods", { on: "cluster", needs: ["kubeadm.join"] });
const lists = [
  { node: "cp-1", steps: [packages, images, init] },
  { node: "w-1", steps: [packages, images, join] },
  { node: "w-2", steps: [packages, images, join] },
  { steps: [verify] },
];

const needsOf = (plan: ReturnType<typeof buildPlan>) => Object.fromEntries(plan.steps.map((s) => [s.key, s.needs]));

describe("buildPlan", () => {
  test("a need means the step on the same node, otherwise wherever it is", () => {
    const needs = needsOf(buildPlan(lists));
    expect(needs["kubeadm.join@w-1"]).toEqual(["runtime.images@w-1", "kubeadm.init@cp-1"]);
    expect(needs["verify.pods"]).toEqual(["kubeadm.join@w-1", "kubeadm.join@w-2"]);
  });

  test("a need that no step carries is no obstacle", () => {
    const needs = needsOf(buildPlan([{ node: "cp-1", steps: [packages, images, init] }, { steps: [verify] }]));
    expect(needs["verify.pods"]).toEqual([]);
  });

  test("the same step twice in one place is a bug", () => {
    expect(() => buildPlan([{ node: "cp-1", steps: [packages, packages] }])).toThrow("os.packages@cp-1 twice");
  });

  test("steps that wait for each other are a bug", () => {
    const one = onceStep(world, "one", { needs: ["two"] });
    const two = onceStep(world, "two", { needs: ["one"] });
    expect(() => buildPlan([{ node: "cp-1", steps: [one, two] }])).toThrow("one@cp-1 → two@cp-1 → one@cp-1");
  });
});

describe("invertPlan", () => {
  test("takes away last what was made first, looking through steps that leave nothing", () => {
    const needs = needsOf(invertPlan(buildPlan(lists)));
    expect(Object.keys(needs).sort()).toEqual([
      "kubeadm.init@cp-1",
      "kubeadm.join@w-1",
      "kubeadm.join@w-2",
      "os.packages@cp-1",
      "os.packages@w-1",
      "os.packages@w-2",
    ]);
    expect(needs["kubeadm.init@cp-1"]).toEqual(["kubeadm.join@w-1", "kubeadm.join@w-2"]);
    expect(needs["os.packages@w-1"]).toEqual(["kubeadm.join@w-1"]);
    expect(needs["os.packages@cp-1"]).toEqual(["kubeadm.init@cp-1"]);
  });

  test("the inverted step checks and applies the undo", async () => {
    const step = onceStep(world, "made", { undo: { ...undo, check: async () => missing("still there") } });
    const [inverted] = invertPlan(buildPlan([{ node: "w-1", steps: [step] }])).steps;
    const verdict = await inverted?.step.check({ node: "w-1", signal: new AbortController().signal });
    expect(verdict?.saw).toBe("still there");
  });
});
