import { expect, test } from "vitest";
import { labelNodes } from "../../../../src/steps/nodes/labels.ts";
import { situation } from "../situation.ts";

const item = (name: string, labels = {}) => ({
  metadata: { name, uid: name, labels, annotations: {} },
  spec: {},
  status: { nodeInfo: { kubeletVersion: "v1.20.2" } },
});

test("one look at all nodes, one command for those that lack something; absent nodes are only mentioned", async () => {
  const commands: string[] = [];
  const list = JSON.stringify({ items: [item("cp-1"), item("w-1", { disk: "ssd" }), item("w-2")] });
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
