import { expect, test } from "vitest";
import { kubeletProblems, nodesAtOnce } from "../../../../src/steps/verify/kubelet-access.ts";
import { situation } from "../situation.ts";

test("asks about some nodes at a time and tells the problems of all", async () => {
  const names = Array.from({ length: 2 * nodesAtOnce + 1 }, (_, index) => `w-${index + 1}`);
  const asked: string[][] = [];
  const answer = (command: string) => {
    const group = names.filter((name) => new RegExp(`\\b${name}\\b`).test(command));
    asked.push(group);
    return group
      .flatMap((name) => [`logs:${name} ok`, `exec:${name} ${name === "w-65" ? "no route" : "ok"}`])
      .join("\n");
  };
  const problems = await kubeletProblems(situation({ "cp-1": { answer } }).context.node, names);
  expect(asked.map(({ length }) => length)).toEqual([nodesAtOnce, nodesAtOnce, 1]);
  expect(problems).toEqual(["w-65: kubectl exec through its kubelet: no route"]);
});
