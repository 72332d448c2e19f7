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

/** A fleet and the way to install its first so many nodes. */
async function started(options: FleetOptions) {
  fleet = await startFleet(options);
  return async (nodes: number, ...args: readonly string[]) => {
    const preset = await fleet.writePreset(`${nodes}.yaml`, { nodes });
    const all = ["--preset", preset, "--non-interactive", "--output", "ndjson", ...args];
    return runInstaller(join(fleet.folder, "state"), "install", ...all);
  };
}

/** The names of the nodes the cluster has noted as verified. */
function verifiedNodes(): readonly string[] {
  const record = fleet.node("cp-1").machine.controlPlane?.find("ConfigMap", "kube-installer", "kube-system");
  const data: unknown = record?.data;
  if (typeof data !== "object" || data === null || !("verification" in data)) return [];
  return Object.keys(JSON.parse(String(data.verification)).nodes);
}

test("what failed on some of twenty nodes is made up for by the next run, and the third changes nothing", async () => {
  const install = await started({
    nodes: 20,
    seed: 20,
    faults: [
      { node: "w-3", at: { holding: "kubeadm 'join'" }, effect: { kind: "fail", exitCode: 1, stderr: "no luck\n" } },
      { node: "w-5", at: { holding: "ctr -n k8s.io images import" }, effect: { kind: "die", progress: "half" } },
      { node: "w-7", at: { holding: "apt-get -c" }, effect: { kind: "cut", progress: "all" } },
    ],
  });
  const first = await install(20);
  const { outcome, setAside } = summaryOf(first.stdout);
  expect({ outcome, setAside: [...setAside].sort() }).toEqual({ outcome: "partial", setAside: ["w-3", "w-5", "w-7"] });
  expect(first.exitCode).toBe(6);
  expect(fleet.faultsLeft()).toEqual([]);

  fleet.node("w-5").reboot(0);
  const second = await install(20);
  expect({ exitCode: second.exitCode, ...summaryOf(second.stdout) }).toMatchObject({ exitCode: 0, outcome: "ok" });
  expect(fleet.node("cp-1").machine.controlPlane?.list("Node")).toHaveLength(20);

  const third = await install(20);
  expect(summaryOf(third.stdout).counts).toMatchObject({ changed: 0, failed: 0, skipped: 0 });
});

test("one worker added to 200 nodes runs no command on the other 199 and does not log in there", async () => {
  const install = await started({ nodes: 201, latency: { connect: 0, command: 0 }, work: 0 });
  expect((await install(200)).exitCode).toBe(0);
  expect(verifiedNodes()).toHaveLength(200);
  const others = fleet.nodes.filter(({ name }) => name !== "cp-1" && name !== "w-200");
  const before = others.map(({ name, count, connections }) => ({ name, count, connections }));

  const added = await install(201, "--nodes", "w-200");
  expect({ exitCode: added.exitCode, ...summaryOf(added.stdout) }).toMatchObject({ exitCode: 0, outcome: "ok" });
  expect(fleet.node("cp-1").machine.controlPlane?.isReady("w-200")).toBe(true);
  expect(verifiedNodes()).toHaveLength(201);
  expect(others.map(({ name, count, connections }) => ({ name, count, connections }))).toEqual(before);
  expect(others).toHaveLength(199);

  const again = await install(201, "--nodes", "w-200");
  expect(summaryOf(again.stdout).counts).toMatchObject({ changed: 0, failed: 0, skipped: 0 });
});
