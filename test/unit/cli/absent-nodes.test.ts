import { describe, expect, test } from "vitest";
import { controlPlaneNames, goOnWithout, partialError, reasonToStop } from "../../../src/cli/absent-nodes.ts";
import { type ErrorCode, InstallerError } from "../../../src/engine/errors.ts";
import type { Machine } from "../../../src/topology/machine.ts";

const machine = (name: string): Machine => ({
  ...{ name, address: name, internalAddress: name, labels: {}, taints: [], ssh: { address: name } },
  roles: [name.startsWith("cp") ? "control-plane" : "worker"],
});
const machines = ["cp-1", "w-1", "w-2"].map(machine);
const absent = (name: string, code: ErrorCode = "unreachable") => ({
  name,
  error: new InstallerError(code, { message: `${name} is away`, node: name }),
});
const stops = (nodes: readonly ReturnType<typeof absent>[], among = machines, requireAllNodes = false) =>
  reasonToStop(nodes, { machines: among, requireAllNodes });

describe("reasonToStop", () => {
  test.each(["unreachable", "connection-lost", "no-channel", "command-failed", "deadline-exceeded"] as const)(
    "a worker with %s is done without",
    (code) => {
      expect(stops([absent("w-1", code), absent("w-2")])).toBeUndefined();
    },
  );

  test.each([
    "authentication-failed",
    "host-key-refused",
    "sudo-refused",
    "input-needed",
    "ssh-config-invalid",
  ] as const)("a worker with %s is a mistake that decides, whatever else is absent", (code) => {
    expect(stops([absent("w-1"), absent("w-2", code)])).toMatchObject({
      code,
      details: { failures: [{ code }, { code: "unreachable" }] },
    });
  });

  test("neither the first control plane nor a majority of them can be done without", () => {
    expect(stops([absent("cp-1")])?.code).toBe("unreachable");
    const more = [...machines, machine("cp-2"), machine("cp-3")];
    expect(stops([absent("cp-3"), absent("w-1")], more)).toBeUndefined();
    expect(stops([absent("cp-2"), absent("cp-3")], more)?.message).toContain("2 of 5 nodes");
  });

  test("an operator may require all nodes", () => {
    expect(stops([], machines, true)).toBeUndefined();
    expect(stops([absent("w-1")], machines, true)?.code).toBe("unreachable");
  });
});

test("without a person to ask, the run says what it goes on without", async () => {
  const told: string[] = [];
  const { signal } = new AbortController();
  const inform = (line: string) => void told.push(line);
  const context = { signal, interactive: false, inform };
  await goOnWithout([absent("w-1")], { machines, context });
  expect(told).toEqual(["warning: w-1 cannot be used: w-1 is away", expect.stringContaining("goes on without w-1")]);
});

test("the end of a partial run names the nodes, why, and the next step", () => {
  const error = partialError(new Map([absent("w-1"), absent("w-2")].map(({ name, error }) => [name, error])));
  expect(error.exitCode).toBe(6);
  expect(error.message).toBe("w-1, w-2 were set aside; everything else is as wanted.");
  expect(error.details.failures?.map(({ details }) => details.node)).toEqual(["w-1", "w-2"]);
  expect(error.details.nextSteps?.[0]).toContain("run the same command again");
});

test("the first control plane is the first in the preset", () => {
  expect(controlPlaneNames([machine("w-1"), machine("cp-2"), machine("cp-1")])).toEqual(["cp-2", "cp-1"]);
});
