import { describe, expect, test } from "vitest";
import { onlyNodes } from "../../../src/cli/only-nodes.ts";
import type { Role } from "../../../src/preset/cluster-spec.ts";

const machine = (name: string, role: Role) => ({
  ...{ name, address: "10.0.0.1", internalAddress: "10.0.0.1", roles: [role], labels: {}, taints: [] },
  ssh: { address: "10.0.0.1" },
});
const machines = [machine("cp-1", "control-plane"), machine("w-1", "worker"), machine("w-2", "worker")];
const names = (only: readonly string[] | undefined) => onlyNodes(machines, only).map(({ name }) => name);

describe("a run limited to some nodes", () => {
  test("is about those and the control planes, in the order of the preset", () => {
    expect(names(["w-2"])).toEqual(["cp-1", "w-2"]);
    expect(names(["w-2", "cp-1"])).toEqual(["cp-1", "w-2"]);
  });

  test("is about all of them when none is named", () => {
    expect(names(undefined)).toEqual(["cp-1", "w-1", "w-2"]);
  });

  test("asks what was meant by a name the preset does not have", () => {
    expect(() => names(["w-2", "w2-", "storage"])).toThrow(
      expect.objectContaining({
        code: "usage",
        message: "The preset has no node w2- and no storage.",
        details: expect.objectContaining({
          nextSteps: ["did you mean w-2 instead of w2-?", "name nodes of the preset: cp-1, w-1, w-2"],
        }),
      }),
    );
  });
});
