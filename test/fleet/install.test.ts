import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { runInstaller } from "./run-installer.ts";
import { type Fleet, type FleetOptions, startFleet } from "./start-fleet.ts";
import { summaryOf } from "./summary-of.ts";

let fleet: Fleet;

afterEach(async () => {
  await fleet.stop();
  expect(fleet.unknownCommands).toEqual([]);
});

async function started(options: FleetOptions) {
  fleet = await startFleet(options);
  const preset = await fleet.writePreset("preset.yaml");
  const state = join(fleet.folder, "state");
  const run = (...args: readonly string[]) =>
    runInstaller(state, ...args, "--preset", preset, "--non-interactive", "--output", "ndjson");
  return { preset, run };
}

test("three nodes are installed, found as wanted, and given back as they were", async () => {
  const { run } = await started({ nodes: 3 });
  const first = await run("install");
  expect(first.stderr).not.toMatch(/^error/m);
  expect(first.exitCode).toBe(0);
  expect(summaryOf(first.stdout)).toMatchObject({ outcome: "ok", counts: { failed: 0, skipped: 0 } });
  expect(
    fleet
      .node("cp-1")
      .machine.controlPlane?.list("Node")
      .map(({ metadata }) => metadata.name)
      .sort(),
  ).toEqual(["cp-1", "w-1", "w-2"]);

  const second = await run("install");
  expect(summaryOf(second.stdout)).toMatchObject({ outcome: "ok", counts: { changed: 0, failed: 0, skipped: 0 } });

  const gone = await run("destroy", "--yes");
  expect(gone.exitCode).toBe(0);
  for (const { machine } of fleet.nodes) {
    expect([...machine.packages.keys()]).not.toContain("containerd");
    expect(machine.files.exists("/var/lib/kube-installer")).toBe(false);
    expect(machine.files.list("/etc/kubernetes")).toEqual([]);
  }
});
