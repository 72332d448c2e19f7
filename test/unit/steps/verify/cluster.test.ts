import { describe, expect, test } from "vitest";
import { verifyCluster } from "../../../../src/steps/verify/cluster.ts";
import { situation } from "../situation.ts";

const item = (name: string, { ready = true, uid = `uid-${name}`, kubelet = "v1.20.2" } = {}) =>
  `${name}\t${uid}\t${kubelet}\t${ready ? "True" : "False"}\t\t{}\t\n`;
const verified = (...names: string[]) =>
  JSON.stringify({
    nodes: Object.fromEntries(names.map((name) => [name, { uid: `uid-${name}`, kubelet: "v1.20.2" }])),
  });

const checkWhen = (items: readonly string[], record = "") => {
  const answer = (command: string) => (command.includes("'configmap'") ? record : items.join(""));
  return verifyCluster.check(situation({ "cp-1": { answer }, "w-1": {} }).context);
};

describe("the check of verify.cluster", () => {
  test("wants nodes verified that never were", async () => {
    expect(await checkWhen([item("cp-1"), item("w-1")])).toMatchObject({ saw: "not verified yet: cp-1, w-1" });
  });

  test("is content when the record is about these very nodes", async () => {
    expect(await checkWhen([item("cp-1"), item("w-1")], verified("cp-1", "w-1"))).toMatchObject({ satisfied: true });
  });

  test("asks only for a node that is new, was replaced or runs another version", async () => {
    const record = verified("cp-1", "w-1");
    for (const changed of [{ uid: "other" }, { kubelet: "v1.20.5" }]) {
      expect(await checkWhen([item("cp-1"), item("w-1", changed)], record)).toMatchObject({
        saw: "not verified yet: w-1",
      });
    }
    expect(await checkWhen([item("cp-1"), item("w-1")], verified("cp-1"))).toMatchObject({
      saw: "not verified yet: w-1",
    });
  });

  test("leaves out a node that is not Ready and says so", async () => {
    const verdict = await checkWhen([item("cp-1"), item("w-1", { ready: false })], verified("cp-1"));
    expect(verdict).toEqual({ satisfied: true, saw: "all of 1 nodes work; not Ready and left out: w-1" });
  });
});
