import { describe, expect, test } from "vitest";
import type { ClusterStep } from "../../../src/steps/context.ts";
import { cluster, firstControlPlane, worker } from "../../../src/steps/plans.ts";
import { situation } from "./situation.ts";

const steps = [...new Set([...firstControlPlane, ...worker, ...cluster])];

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

  test("have needs that the plans can meet, and ids of their own", () => {
    const ids = steps.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(steps.flatMap(({ needs = [] }) => needs).filter((need) => !ids.includes(need))).toEqual([]);
  });
});
