import { expect, test } from "vitest";
import { review } from "../../../src/engine/review.ts";
import { Secret } from "../../../src/engine/secret.ts";
import { planText } from "../../../src/report/plan-text.ts";
import { aPlan } from "./a-plan.ts";

test("each node, then the cluster, one line per step with its reason, the counts last", () => {
  expect(planText(aPlan)).toEqual([
    "cp-1",
    "  + Install packages: missing: socat",
    "  ~ Set the host name: cp-1 is unknown",
    '  ! Turn swap off: swaps to "/dev/sdb\\2"',
    "      danger: swap goes",
    "",
    "w-1",
    "  = Install packages: everything is there",
    "",
    "w-2",
    "  ? all 2 steps: its node was set aside: no answer",
    "",
    "cluster",
    "  ? Label the nodes: refused",
    "",
    "1 to create, 1 to change, 1 danger, 1 satisfied, 3 not looked at",
  ]);
});

test("only what changes, but all of it counted", () => {
  const lines = planText(aPlan, { onlyChanges: true });
  expect(lines.join("\n")).not.toContain("w-1");
  expect(lines.at(-1)).toContain("1 satisfied");
});

test("a reason that all steps of a node have in common is said once", () => {
  const saw = "the machine does not exist yet";
  const entries = ["Open the receipt", "Install packages"].map((title) => ({
    ...{ key: title, step: title, title, node: "w-1", kind: "create" as const, saw, needs: [] },
  }));
  expect(planText({ ...aPlan, review: review(entries) }).slice(0, 3)).toEqual([
    "w-1: the machine does not exist yet",
    "  + Open the receipt",
    "  + Install packages",
  ]);
});

test("says when nothing would change", () => {
  const settled = aPlan.review.entries.filter(({ kind }) => kind === "satisfied");
  expect(planText({ ...aPlan, review: review(settled) }).at(-1)).toBe("1 satisfied: nothing would change");
});

test("what a machine says passes neither for lines of the plan nor for terminal sequences, and secrets stay hidden", () => {
  const password = new Secret("correct horse");
  const saw = `\u001b[2J${password.reveal()}\n  = Everything: fine`;
  const [first] = aPlan.review.entries;
  if (first === undefined) throw new Error("the plan is empty");
  expect(planText({ ...aPlan, review: review([{ ...first, saw }]) })[1]).toBe(
    "  + Install packages: [secret] = Everything: fine",
  );
});
