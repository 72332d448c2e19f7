import { expect, test } from "vitest";
import type { FileSystem } from "../../../../../src/facts/facts.ts";
import {
  diskLatency,
  diskPressure,
  diskSpace,
  memory,
  processors,
} from "../../../../../src/steps/preflight/checks/resources.ts";
import { find, node, told } from "../evidence.ts";

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;

test("a control plane needs two CPUs, a worker one", () => {
  const facts = { cpus: 1 };
  expect(told(find(processors, { nodes: [node("cp-1", { facts }), node("w-1", { facts })] }))).toEqual([
    "error cp-1: Too few CPUs for a control plane: 1",
  ]);
});

test.each([
  ["cp-1", 1700 * MiB, "nothing"],
  ["cp-1", 1699 * MiB, "error"],
  ["w-1", 954 * MiB, "nothing"],
  ["w-1", 900 * MiB, "warning"],
])("%s with %d bytes of memory: %s", (name, memoryBytes, wanted) => {
  const [finding] = find(memory, { nodes: [node(name, { facts: { memoryBytes } })] });
  expect(finding?.severity ?? "nothing").toBe(wanted);
});

test("memory is compared in the unit it is measured in, so that 10 MB are not enough", () => {
  expect(find(memory, { nodes: [node("cp-1", { facts: { memoryBytes: 10 * MiB } })] })).toMatchObject([
    { severity: "error", measured: "10 MiB", limit: "1700 MiB" },
  ]);
});

function fileSystems(mounts: Record<string, number>): { fileSystems: Record<string, FileSystem> } {
  const directories = ["/", "/var/lib/containerd", "/var/lib/kubelet", "/var/lib/etcd"];
  return {
    fileSystems: Object.fromEntries(
      directories.map((directory) => {
        const mountPoint = directory in mounts ? directory : "/";
        return [directory, { mountPoint, type: "ext4", totalBytes: 20 * GiB, freeBytes: mounts[mountPoint] ?? 0 }];
      }),
    ),
  };
}

test("directories on one file system need the sum of what each needs", () => {
  const on = (name: string, mounts: Record<string, number>) =>
    find(diskSpace, { nodes: [node(name, { facts: fileSystems(mounts) })] });
  expect(on("cp-1", { "/": 4 * GiB })).toEqual([]);
  expect(on("cp-1", { "/": 3.5 * GiB })).toMatchObject([
    {
      message: "Too little free space in / for /, /var/lib/containerd, /var/lib/kubelet, /var/lib/etcd",
      measured: "3.5 GiB free",
      limit: "3.8 GiB",
    },
  ]);
  expect(on("w-1", { "/": 3.5 * GiB })).toEqual([]);
  expect(on("cp-1", { "/": 10 * GiB, "/var/lib/etcd": 100 * MiB })).toMatchObject([
    { measured: "100 MiB free", limit: "512 MiB" },
  ]);
});

test("a node that has its images already needs no space for them", () => {
  const kubernetes = { ...node("cp-1").facts.kubernetes, joined: true };
  expect(find(diskSpace, { nodes: [node("cp-1", { facts: { ...fileSystems({ "/": GiB }), kubernetes } })] })).toEqual(
    [],
  );
});

test("a disk that is nearly full is told before the kubelet drives pods away", () => {
  const nodes = [node("w-1", { facts: fileSystems({ "/": 2.5 * GiB }) })];
  expect(told(find(diskPressure, { nodes }))).toEqual([
    "warning w-1: The kubelet will drive pods away, because / is nearly full: 12.5 % free",
  ]);
});

test.each([
  [2, 8, "nothing"],
  [2, 40, "warning"],
  [150, 400, "error"],
])("durable writes with a median of %d ms and a 99th percentile of %d ms: %s", (median, p99, wanted) => {
  const disk = { directory: "/var/lib/etcd", samples: 100, median, p99 };
  const [finding] = find(diskLatency, { nodes: [node("cp-1", { disk })] });
  expect(finding?.severity ?? "nothing").toBe(wanted);
});
