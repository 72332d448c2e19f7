import { expect, test } from "vitest";
import { kubeletProblems, nodesAtOnce } from "../../../../src/steps/verify/kubelet-access.ts";
import { situation } from "../situation.ts";

test("asks about some nodes at a time and tells the problems of all", async () => {
  const names = Array.from({ length: 2 * nodesAtOnce + 1 }, (_, index) => `w-${index + 1}`);
  const asked: string[][] = [];
  const answer = (command: string) => {
    if (command.includes("'get' 'pods'")) return names.map((name) => `${name} kube-proxy-of-${name}\n`).join("");
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

test("a node without a kube-proxy is a problem, and nobody is asked about it", async () => {
  const answer = (command: string) =>
    command.includes("'get' 'pods'") ? "w-2 kube-proxy-1\n" : "logs:w-2 ok\nexec:w-2 ok\n";
  expect(await kubeletProblems(situation({ "cp-1": { answer } }).context.node, ["w-1", "w-2"])).toEqual([
    "w-1: it has no kube-proxy pod",
  ]);
});
