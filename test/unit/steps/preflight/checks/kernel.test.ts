import { expect, test } from "vitest";
import {
  cgroupControllers,
  cgroupVersion,
  kernelOptions,
  kernelParts,
  kernelVersion,
} from "../../../../../src/steps/preflight/checks/kernel.ts";
import { find, node, told } from "../evidence.ts";

const on = (facts: object) => [node("w-1", { facts })];

test.each([
  ["1.20.2", "3.10.0-1160.el7.x86_64", "nothing"],
  ["1.20.2", "2.6.32-754.el6", "error"],
  ["1.31.4", "4.4.0-210-generic", "nothing"],
  ["1.32.0", "4.9.0-19-amd64", "error"],
  ["1.34.1", "4.19.0-27-amd64", "nothing"],
  ["1.36.4", "4.19.0-27-amd64", "error"],
  ["1.36.4", "5.4.0-200-generic", "nothing"],
  ["1.36.4", "5.13.0-52-generic", "warning"],
  ["1.36.4", "6.1.0-28-amd64", "nothing"],
])("Kubernetes %s on kernel %s: %s", (version, kernel, wanted) => {
  const [finding] = find(kernelVersion, { version, nodes: on({ kernel }) });
  expect(finding?.severity ?? "nothing").toBe(wanted);
});

test("each kernel part that is neither there nor loadable is an error", () => {
  const parts = { overlay: "loadable", br_netfilter: "absent", nf_conntrack: "absent" } as const;
  expect(told(find(kernelParts, { nodes: on({ kernelParts: parts }) }))).toEqual([
    "error w-1: The kernel has no br_netfilter: neither built in nor a module",
    "error w-1: The kernel has no nf_conntrack: neither built in nor a module",
  ]);
});

test("missing build options are named; a kernel that does not tell them is not judged", () => {
  expect(find(kernelOptions)).toEqual([]);
  const { kernelOptions: options } = node("w-1").facts;
  expect(find(kernelOptions, { nodes: on({ kernelOptions: { ...options, MEMCG: "n" } }) })).toMatchObject([
    { severity: "error", measured: "CONFIG_MEMCG" },
  ]);
  expect(find(kernelOptions, { nodes: on({ kernelOptions: {} }) })).toEqual([]);
});

test.each([
  ["1.20.2", 1, "nothing"],
  ["1.31.0", 1, "warning"],
  ["1.34.11", 1, "warning"],
  ["1.35.0", 1, "error"],
  ["1.37.0", 2, "nothing"],
])("Kubernetes %s on cgroup v%d: %s", (version, cgroups, wanted) => {
  const [finding] = find(cgroupVersion, { version, nodes: on({ cgroupVersion: cgroups }) });
  expect(finding?.severity ?? "nothing").toBe(wanted);
});

test("cgroup v2 needs fewer controllers than v1", () => {
  const cgroupControllersOf = ["cpu", "cpuset", "io", "memory", "pids"];
  expect(find(cgroupControllers, { nodes: on({ cgroupVersion: 2, cgroupControllers: cgroupControllersOf }) })).toEqual(
    [],
  );
  expect(
    find(cgroupControllers, { nodes: on({ cgroupVersion: 1, cgroupControllers: cgroupControllersOf }) }),
  ).toMatchObject([{ measured: "cpuacct, devices, freezer" }]);
  expect(
    find(cgroupControllers, { nodes: on({ cgroupVersion: 2, cgroupControllers: ["cpu", "cpuset", "pids"] }) }),
  ).toMatchObject([{ measured: "memory", fix: "add `cgroup_enable=memory` to the kernel command line and reboot" }]);
});
