import { expect, test } from "vitest";
import { planJson, planSchema } from "../../../src/report/plan-json.ts";
import { aPlan } from "./a-plan.ts";

const printed = JSON.parse(planJson(aPlan, "1.2.3"));

test("passes its schema with nothing lost", () => {
  expect(planSchema.parse(printed)).toEqual(printed);
  expect(printed).toMatchObject({ schema: "1.0", kubeInstaller: "1.2.3", cluster: "demo", counts: { danger: 1 } });
  expect(printed.entries).toEqual(aPlan.review.entries);
});

test.each([
  ["an unknown kind", { ...printed, entries: [{ ...printed.entries[0], kind: "delete" }] }],
  ["an entry without needs", { ...printed, entries: [{ ...printed.entries[0], needs: undefined }] }],
  ["a missing count", { ...printed, counts: { create: 1 } }],
])("%s does not pass", (_what, plan) => {
  expect(planSchema.safeParse(plan).success).toBe(false);
});
