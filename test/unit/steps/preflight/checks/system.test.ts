import { expect, test } from "vitest";
import {
  accessControl,
  architecture,
  operatingSystem,
  swap,
  systemd,
  timeService,
} from "../../../../../src/steps/preflight/checks/system.ts";
import { bundle } from "../bundle.ts";
import { find, node, told } from "../evidence.ts";

const os = { id: "debian", version: "12", codename: "bookworm", prettyName: "Debian GNU/Linux 12", like: [] };

test("Debian, Ubuntu and their descendants are supported; others are not", () => {
  const on = (facts: object) => told(find(operatingSystem, { nodes: [node("w-1", { facts })] }));
  expect(on({ os })).toEqual([]);
  expect(on({ os: { ...os, id: "linuxmint", version: "22", like: ["ubuntu", "debian"] } })).toEqual([]);
  expect(on({ os: { ...os, id: "alpine", prettyName: "Alpine Linux v3.20" } })).toEqual([
    "error w-1: This operating system is not supported: Alpine Linux v3.20",
  ]);
  expect(on({ os: { ...os, version: "10", prettyName: "Debian GNU/Linux 10 (buster)" } })).toEqual([
    "warning w-1: This release is older than any we test: Debian GNU/Linux 10 (buster)",
  ]);
  expect(on({ os, commands: {} })).toHaveLength(1);
});

test("systemd must be process 1", () => {
  expect(find(systemd)).toEqual([]);
  expect(told(find(systemd, { nodes: [node("w-1", { facts: { systemd: false, init: "init" } })] }))).toEqual([
    "error w-1: The machine was not started by systemd: process 1 is init",
  ]);
});

test("every node must have the architecture of the bundle", () => {
  const nodes = [node("cp-1"), node("w-1", { facts: { architecture: "arm64" } })];
  expect(find(architecture, { nodes })).toEqual([]);
  expect(find(architecture, { nodes, bundle: bundle() })).toMatchObject([
    { severity: "error", node: "w-1", measured: "arm64", limit: "amd64, as the bundle" },
  ]);
  expect(find(architecture, { nodes: [node("w-1", { facts: { architecture: "s390x" } })] })).toHaveLength(1);
});

test("swap in use is told, because the install turns it off", () => {
  const nodes = [node("w-1", { facts: { swapActive: true, swaps: ["/swap.img"] } })];
  expect(told(find(swap, { nodes }))).toEqual(["warning w-1: Swap is in use; the install turns it off: /swap.img"]);
});

test("an enforcing SELinux is told", () => {
  expect(find(accessControl)).toEqual([]);
  expect(find(accessControl, { nodes: [node("w-1", { facts: { selinux: "enforcing" } })] })).toHaveLength(1);
});

test("a machine that sets its own clock should run a time service", () => {
  const on = (facts: object) => find(timeService, { nodes: [node("w-1", { facts })] });
  expect(on({ maySetClock: false, services: {} })).toEqual([]);
  expect(on({ maySetClock: true, services: { chrony: { active: true, enabled: true } } })).toEqual([]);
  expect(on({ maySetClock: true, services: { chrony: { active: false, enabled: true } } })).toHaveLength(1);
});
