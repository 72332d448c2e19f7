import { expect, test } from "vitest";
import { importMachines } from "../../../../src/ui/wizard/machines/import-machines.ts";
import { planImport, planInWords } from "../../../../src/ui/wizard/machines/plan-import.ts";

test("the first machine becomes the control plane when none is", () => {
  const { added } = planImport([], importMachines("10.0.0.11\n10.0.0.12 worker"));
  expect(added).toEqual([
    { address: "10.0.0.11", roles: ["control-plane"] },
    { address: "10.0.0.12", roles: ["worker"] },
  ]);
  expect(planImport([], importMachines("10.0.0.11")).added[0]?.roles).toEqual(["control-plane", "worker"]);
  const second = planImport([], importMachines("w 10.0.0.11\nc 10.0.0.12 control-plane"));
  expect(second.added.map(({ roles }) => roles)).toEqual([["worker"], ["control-plane"]]);
});

test("what is there already is counted, what has a taken name is told", () => {
  const there = [{ name: "cp-1", address: "10.0.0.11", roles: ["control-plane"] as const }];
  const plan = planImport(
    there,
    importMachines("10.0.0.11\ncp-1 10.0.0.12\nw-1 10.0.0.13\nw-2 10.0.0.13\nw-3 nonsense!"),
  );
  expect(plan.added.map(({ name }) => name)).toEqual(["w-1"]);
  expect(plan.problems).toEqual([
    { line: 2, reason: 'the name "cp-1" is taken by 10.0.0.11' },
    { line: 5, reason: '"nonsense!" is neither an IP address nor a DNS name' },
  ]);
  expect(planInWords(plan)).toBe("1 to add, 2 there already, 2 not understood");
});

test("two machines behind one address are told apart by their port", () => {
  expect(planImport([], importMachines("a gate:2201\nb gate:2202")).added).toEqual([
    { address: "gate", name: "a", roles: ["control-plane"], ssh: { port: 2201 } },
    { address: "gate", name: "b", roles: ["worker"], ssh: { port: 2202 } },
  ]);
});
