import { describe, expect, test } from "vitest";
import type { ClusterStep } from "../../../src/steps/context.ts";
import { cluster, firstControlPlane, planInstall, worker } from "../../../src/steps/plans.ts";
import { situation } from "./situation.ts";

const steps = [...new Map([...firstControlPlane, ...worker, ...cluster].map((step) => [step.id, step])).values()];

/** What looking asked of the nodes besides looks, whatever they answer and whether or not the look succeeds. */
async function changesOf(look: (context: Parameters<ClusterStep["check"]>[0]) => Promise<unknown>) {
  const asked: string[] = [];
  for (const answer of ["", "begun", "manifest", "no\nyes\n"]) {
    const { context, changes } = situation({ "cp-1": { answer: () => answer }, "w-1": { answer: () => answer } });
    await look(context).catch(() => undefined);
    asked.push(...changes);
  }
  return asked;
}

describe("the steps of every plan", () => {
  test.each(steps.map((step) => [step.id, step] as const))("%s only looks in its check", async (_id, step) => {
    expect(await changesOf((context) => step.check(context))).toEqual([]);
    expect(await changesOf(async (context) => step.undo?.check(context))).toEqual([]);
  });

  test("would be seen to change something", async () => {
    const [receipt] = firstControlPlane;
    const { context, changes } = situation({ "cp-1": { answer: () => "" } });
    await receipt?.apply(context);
    expect(changes).not.toEqual([]);
  });

  test("let the first control plane wait for no other node", () => {
    const machines = Object.values(situation({ "cp-1": {}, "w-1": {} }).context.nodes).map(({ machine }) => machine);
    const own = planInstall(machines).steps.filter(({ node }) => node === "cp-1");
    expect(own.flatMap(({ needs }) => needs).filter((need) => need.endsWith("@w-1"))).toEqual([]);
  });

  test("have needs that the plans can meet", () => {
    const ids = steps.map(({ id }) => id);
    expect(steps.flatMap(({ needs = [] }) => needs).filter((need) => !ids.includes(need))).toEqual([]);
  });
});
