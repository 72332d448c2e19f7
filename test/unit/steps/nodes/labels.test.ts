import { expect, test } from "vitest";
import { labelNodes } from "../../../../src/steps/nodes/labels.ts";
import { situation } from "../situation.ts";

const line = (name: string, labels = {}) => `${name}\t${name}\tv1.20.2\tTrue\t\t${JSON.stringify(labels)}\t\n`;

test("one look at all nodes, one command for those that lack something; absent nodes are only mentioned", async () => {
  const commands: string[] = [];
  const list = [line("cp-1"), line("w-1", { disk: "ssd" }), line("w-2")].join("");
  const { context } = situation({
    "cp-1": {
      answer: (command) => {
        commands.push(command);
        return command.includes("'get' 'nodes'") ? list : "";
      },
    },
    "w-1": { machine: { labels: { disk: "ssd" } } },
    "w-2": { machine: { labels: { disk: "it's fast" }, taints: [{ key: "gpu", effect: "NoSchedule" }] } },
    "w-3": { machine: { labels: { disk: "ssd" } } },
  });
  expect(await labelNodes.check(context)).toMatchObject({
    satisfied: false,
    saw: "to be marked: w-1, w-2; not in the cluster: w-3",
  });
  expect(commands).toHaveLength(1);
  await labelNodes.apply(context);
  expect(commands).toHaveLength(3);
  expect(commands[2]).toContain(String.raw`'disk=it'\''s fast'`);
  expect(commands[2]).toContain("'taint' '--overwrite' 'node' 'w-2' 'gpu:NoSchedule'");
});

test("a thousand nodes are marked in groups, since a command may only be so long", async () => {
  const names = Array.from({ length: 1000 }, (_, index) => `w-${index + 1}`);
  const marks: string[] = [];
  const answer = (command: string) => {
    if (command.includes("'get' 'nodes'")) return ["cp-1", ...names].map((name) => line(name)).join("");
    marks.push(command);
    return "";
  };
  const marked = names.map((name) => [name, { machine: { labels: { rack: "a" } } }] as const);
  await labelNodes.apply(situation({ "cp-1": { answer }, ...Object.fromEntries(marked) }).context);
  expect(Math.max(...marks.map(({ length }) => length))).toBeLessThan(32_000);
  expect(names.filter((name) => !marks.some((command) => command.includes(`'${name}' 'rack=a'`)))).toEqual([]);
});
