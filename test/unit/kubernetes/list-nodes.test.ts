import { describe, expect, test } from "vitest";
import { listNodes, readListedNodes } from "../../../src/kubernetes/list-nodes.ts";

describe("the list of Nodes", () => {
  test("holds what this program looks at, also when labels and taints are missing", () => {
    const printed = [
      'cp-1\tu-1\tv1.20.2\tTrue\tdisk\t{"disk":"ssd","kubernetes.io/os":"linux"}\t[{"effect":"NoSchedule","key":"gpu","value":"yes"}]',
      "w-1\tu-2\tv1.20.2\tUnknown\t\t\t",
      "",
    ].join("\n");
    expect([...readListedNodes(printed).values()]).toEqual([
      {
        ...{ name: "cp-1", uid: "u-1", kubeletVersion: "v1.20.2", ready: true, fromPreset: "disk" },
        labels: { disk: "ssd", "kubernetes.io/os": "linux" },
        taints: [{ effect: "NoSchedule", key: "gpu", value: "yes" }],
      },
      {
        ...{ name: "w-1", uid: "u-2", kubeletVersion: "v1.20.2", ready: false, fromPreset: "" },
        ...{ labels: {}, taints: [] },
      },
    ]);
  });

  test("is asked for by its parts, never as whole objects", () => {
    expect(listNodes.join(" ")).toContain('{.metadata.name}{"\\t"}{.metadata.uid}');
    expect(listNodes.join(" ")).not.toContain("json ");
  });

  test("is refused when kubectl printed something else", () => {
    expect(() => readListedNodes('{"items":[]}\n')).toThrow("kubectl did not print a list of Nodes");
    expect(() => readListedNodes("w-1\tu\tv\tTrue\t\tmap[disk:ssd]\t\n")).toThrow("kubectl did not print JSON");
  });
});
