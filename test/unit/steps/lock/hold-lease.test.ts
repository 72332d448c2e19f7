import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { thisProcess } from "../../../../src/engine/process-identity.ts";
import { minutes } from "../../../../src/engine/time.ts";
import { holdLease } from "../../../../src/steps/lock/hold-lease.ts";
import type { LockHost } from "../../../../src/steps/lock/lock-file.ts";

const { signal } = new AbortController();
const times = { heartbeat: 20, silence: minutes(2), watch: 100, answer: 60_000 };
const ann = { user: "ann", host: "ops-2", pid: 4242, cluster: "demo", command: "install" };
const started = "2026-11-21T12:03:11.000Z";

/** A control plane that gives these answers one after another, and the commands it was asked. */
function controlPlane(...answers: readonly string[]) {
  const asked: string[] = [];
  const left = [...answers];
  const host: LockHost = {
    name: "cp-1",
    run: async ({ text }) => {
      asked.push(text);
      const stdout = (left.length > 1 ? left.shift() : left[0]) ?? "";
      return { exitCode: 0, signal: null, stdout, stderr: "" };
    },
  };
  return { host, asked };
}

async function leaseOf({ replaced, breakLock = false }: { replaced?: string; breakLock?: boolean } = {}) {
  const told: string[] = [];
  const owner = { ...ann, started, ...(await thisProcess()) };
  const inform = (line: string) => told.push(line);
  return { told, lease: holdLease({ token: randomUUID(), owner, times, breakLock, replaced, inform }) };
}

const held = ({ token = "theirs", beat = "12:00", age = 5, owner = { ...ann, started } as object } = {}) =>
  `held\n${token}\n${beat}\n${age}\n${JSON.stringify(owner)}\n`;

test("without an API there is nothing to hold", async () => {
  const { host } = controlPlane("no-api\n");
  const { lease, told } = await leaseOf();
  await lease.take(host, signal);
  await lease.renew(host, signal);
  await lease.drop(host, signal);
  expect(told).toEqual([]);
});

test("one that somebody else renewed lately stops the run, and says how to see it", async () => {
  const { host } = controlPlane(held());
  const { lease } = await leaseOf();
  await expect(lease.take(host, signal)).rejects.toMatchObject({
    code: "locked",
    message: expect.stringContaining('ann on ops-2 runs "install" for cluster demo (pid 4242)'),
    details: { nextSteps: expect.arrayContaining([expect.stringContaining("get lease kube-installer")]) },
  });
});

test("a stale one is watched, taken over and explained; whose renewals move is respected whatever the clocks say", async () => {
  const silent = await leaseOf();
  let looks = 0;
  const { host } = controlPlane(held({ age: 600 }));
  const dead: LockHost = {
    name: "cp-1",
    run: async (command, options) => {
      looks += 1;
      const replacing = command.text.includes("!= theirs ]");
      return replacing ? { exitCode: 0, signal: null, stdout: "taken\n", stderr: "" } : host.run(command, options);
    },
  };
  await silent.lease.take(dead, signal);
  expect(looks).toBeGreaterThan(2);
  expect(silent.told).toEqual([
    expect.stringMatching(/^ann on ops-2 .* without a sign of life for 10 min/),
    "Taking over the Lease kube-system/kube-installer: its holder is silent.",
  ]);

  const living = await leaseOf();
  const moving = controlPlane(held({ age: 600 }), held({ age: 600 }), held({ age: 600, beat: "12:10" }));
  await expect(living.lease.take(moving.host, signal)).rejects.toMatchObject({ code: "locked" });
});

test("one whose process on this machine is gone is taken over at once", async () => {
  const { host } = controlPlane(
    held({ owner: { ...ann, ...(await thisProcess()), startTicks: "1", started } }),
    "taken\n",
  );
  const { lease, told } = await leaseOf();
  await lease.take(host, signal);
  expect(told).toEqual([expect.stringMatching(/^Taking over the Lease .* but that process is gone\.$/)]);
});

test("--break-lock takes it from anybody", async () => {
  const { host, asked } = controlPlane(held(), "taken\n");
  const { lease, told } = await leaseOf({ breakLock: true });
  await lease.take(host, signal);
  expect(told).toEqual([expect.stringMatching(/^Breaking the Lease kube-system\/kube-installer: ann on ops-2/)]);
  expect(asked[1]).toContain('"$token" != theirs');
});

test("the Lease of a holder whose lock was taken over already needs no second explanation", async () => {
  const { host, asked } = controlPlane("taken\n");
  const { lease, told } = await leaseOf({ replaced: "theirs" });
  await lease.take(host, signal);
  expect(asked[0]).toContain('"$token" != theirs');
  expect(told).toEqual([]);
});

test("a run learns that its Lease was taken away, and that it could not give it up", async () => {
  const { host } = controlPlane("taken\n", held(), "kept\n");
  const { lease, told } = await leaseOf();
  await lease.take(host, signal);
  await expect(lease.renew(host, signal)).rejects.toMatchObject({ code: "locked" });
  await lease.drop(host, signal);
  expect(told).toEqual([expect.stringContaining("could not be given up")]);
});
