import { describe, expect, test } from "vitest";
import type { ListedNode } from "../../../../src/kubernetes/list-nodes.ts";
import type { NodeSpec } from "../../../../src/preset/cluster-spec.ts";
import { marksLacking } from "../../../../src/steps/nodes/marks.ts";

const object = (labels = {}, taints: ListedNode["taints"] = [], fromPreset = ""): ListedNode => ({
  ...{ name: "w-1", uid: "1", kubeletVersion: "v1.20.2", ready: true },
  ...{ labels, taints, fromPreset },
});
const wanted = (labels: NodeSpec["labels"], taints: NodeSpec["taints"] = []): NodeSpec => ({
  name: "w-1",
  address: "10.0.0.21",
  internalAddress: "10.0.0.21",
  roles: ["worker"],
  labels,
  taints,
  ssh: { address: "10.0.0.21" },
});

describe("what a Node lacks of the preset", () => {
  test("nothing when the preset says nothing", () => {
    expect(marksLacking(object({ "kubernetes.io/os": "linux" }), wanted({}))).toBeUndefined();
  });

  test("labels and taints that are missing or different", () => {
    const node = object({ disk: "hdd", zone: "a" }, [{ key: "gpu", effect: "NoSchedule" }]);
    const spec = wanted({ disk: "ssd", zone: "a" }, [
      { key: "gpu", effect: "NoSchedule" },
      { key: "gpu", value: "yes", effect: "NoExecute" },
    ]);
    expect(marksLacking(node, spec)).toEqual({
      labels: ["disk=ssd"],
      taints: ["gpu=yes:NoExecute"],
      own: "disk,gpu:NoExecute,gpu:NoSchedule,zone",
    });
  });

  test("nothing once they are there and recorded as the preset's", () => {
    const node = object(
      { disk: "ssd", other: "1" },
      [{ key: "gpu", value: "", effect: "NoSchedule" }],
      "disk,gpu:NoSchedule",
    );
    expect(marksLacking(node, wanted({ disk: "ssd" }, [{ key: "gpu", effect: "NoSchedule" }]))).toBeUndefined();
  });

  test("only the record when a label of the preset was there before", () => {
    expect(marksLacking(object({ disk: "ssd" }), wanted({ disk: "ssd" }))).toEqual({
      labels: [],
      taints: [],
      own: "disk",
    });
  });
});
