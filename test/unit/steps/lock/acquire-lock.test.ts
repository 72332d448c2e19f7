import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { toInstallerError } from "../../../../src/engine/errors.ts";
import { runLocal } from "../../../../src/engine/local-command.ts";
import { thisProcess } from "../../../../src/engine/process-identity.ts";
import { minutes, until } from "../../../../src/engine/time.ts";
import { acquireLock, type LockOptions } from "../../../../src/steps/lock/acquire-lock.ts";
import type { ClusterLock } from "../../../../src/steps/lock/cluster-lock.ts";
import type { LockHost } from "../../../../src/steps/lock/lock-file.ts";

let above: string;
let folder: string;
const held: ClusterLock[] = [];
beforeEach(async () => {
  above = await mkdtemp(join(tmpdir(), "lock-"));
  folder = join(above, "kube-installer");
  await mkdir(folder);
});
afterEach(async () => {
  await Promise.all(held.splice(0).map((lock) => lock.release()));
  await rm(above, { recursive: true, force: true });
});

/** A "node" whose commands a real shell on this machine runs. */
const node: LockHost = {
  name: "cp-1",
  run: async (command, { signal, stdin }) => {
    const input = typeof stdin === "string" ? { stdin } : {};
    return { signal: null, ...(await runLocal("sh", ["-c", command.text], { signal, ...input })) };
  },
};
/** The same node, so slow between looking and writing that runs would get in each other's way if nothing stopped them. */
async function slowNode(): Promise<LockHost> {
  const tools = join(above, "tools");
  await mkdir(tools);
  await writeFile(join(tools, "mv"), '#!/bin/sh\nsleep 0.1\nexec /bin/mv "$@"\n', { mode: 0o755 });
  const env = { PATH: `${tools}:${process.env.PATH}` };
  return {
    name: "cp-1",
    run: async ({ text }, { signal, stdin }) => {
      const input = typeof stdin === "string" ? { stdin } : {};
      return { signal: null, ...(await runLocal("sh", ["-c", text], { signal, env, ...input })) };
    },
  };
}
const quick = { heartbeat: 20, silence: minutes(1), watch: 300, answer: minutes(1) };

async function acquire(options: Partial<LockOptions> = {}, host = node): Promise<ClusterLock> {
  const lock = await acquireLock(host, {
    cluster: "demo",
    command: "install",
    signal: new AbortController().signal,
    inform: () => undefined,
    folder,
    times: quick,
    ...options,
  });
  held.push(lock);
  return lock;
}

const lockFile = () => readFile(join(folder, "lock"), "utf8");

/** A lock some other process left, `age` milliseconds ago. */
async function leaveLock(owner: object, age = 0): Promise<void> {
  const left = {
    user: "ann",
    ...(await thisProcess()),
    cluster: "demo",
    command: "destroy",
    run: "R",
    started: "2026-11-21T12:03:11.000Z",
  };
  const path = join(folder, "lock");
  await writeFile(path, `${randomUUID()}\n${JSON.stringify({ ...left, ...owner })}\n`);
  const then = new Date(Date.now() - age);
  await utimes(path, then, then);
}

/** Renews the modification time as a living holder elsewhere would. */
async function touchLock(): Promise<void> {
  const now = new Date(Date.now() - minutes(10));
  await utimes(join(folder, "lock"), now, now);
}

test("the lock says who holds it, and release leaves nothing behind", async () => {
  const lock = await acquire({ run: "20261121T120311Z-4f2a" });
  const [token, owner] = (await lockFile()).split("\n");
  expect(token).toMatch(/^[0-9a-f-]{36}$/);
  expect(JSON.parse(owner ?? "")).toMatchObject({ cluster: "demo", command: "install", pid: process.pid });
  await lock.release();
  expect(await readdir(above)).toEqual([]);
});

test("what a sign of life that was cut off has left goes with the lock", async () => {
  const lock = await acquire({ times: { ...quick, heartbeat: minutes(1) } });
  await writeFile(join(folder, "lock.new"), "half of");
  await lock.release();
  expect(await readdir(above)).toEqual([]);
});

test("a second run is told who holds the cluster, since when and what to do", async () => {
  await acquire({ run: "20261121T120311Z-4f2a" });
  await expect(acquire()).rejects.toMatchObject({
    code: "locked",
    exitCode: 7,
    message: expect.stringMatching(
      / runs "install" for cluster demo \(pid \d+\) since 2\d{3}-.* last sign of life was .* ago/,
    ),
    details: {
      node: "cp-1",
      nextSteps: expect.arrayContaining([expect.stringContaining("runs show 20261121T120311Z-4f2a")]),
    },
  });
});

test("of many runs that start at once exactly one gets the lock", async () => {
  const slow = await slowNode();
  const results = await Promise.allSettled(Array.from({ length: 12 }, () => acquire({}, slow)));
  expect(results.map(outcome).sort()).toEqual(["got it", ...Array(11).fill("locked")]);
});

test("exactly one of many takes over from a process of this machine that is gone", async () => {
  await leaveLock({ startTicks: "1" });
  const informed: string[] = [];
  const inform = (line: string) => informed.push(line);
  const slow = await slowNode();
  const results = await Promise.allSettled(Array.from({ length: 12 }, () => acquire({ inform }, slow)));
  expect(results.map(outcome).sort()).toEqual(["got it", ...Array(11).fill("locked")]);
  expect(informed[0]).toMatch(/^Taking over the lock on cp-1: ann on .* but that process is gone\.$/);
});

test("a holder elsewhere that was heard lately is respected", async () => {
  await leaveLock({ host: "ops-2" }, minutes(0.5));
  await expect(acquire()).rejects.toMatchObject({ code: "locked", message: expect.stringContaining("ann on ops-2") });
});

test("a holder elsewhere that is silent, and stays so while watched, is taken over", async () => {
  await leaveLock({ host: "ops-2" }, minutes(10));
  const informed: string[] = [];
  await acquire({ inform: (line) => informed.push(line) });
  expect(informed).toEqual([
    expect.stringMatching(/^ann on ops-2 .* without a sign of life for 10 min/),
    expect.stringContaining("its holder is silent"),
  ]);
  expect(await lockFile()).toContain(`"pid":${process.pid}`);
});

test("a holder whose clock only seems to lag is respected, because its sign of life moves", async () => {
  await leaveLock({ host: "ops-2" }, minutes(20));
  const acquiring = acquire({ inform: () => void touchLock() });
  await expect(acquiring).rejects.toMatchObject({ code: "locked" });
});

test("a lock this version cannot read is still a lock", async () => {
  await writeFile(join(folder, "lock"), "who knows\nwhat this is");
  await expect(acquire()).rejects.toMatchObject({ code: "locked", message: expect.stringMatching(/^Another run/) });
});

test("--break-lock takes it from anybody, who then learns that it is lost", async () => {
  const first = await acquire();
  const informed: string[] = [];
  await acquire({ breakLock: true, inform: (line) => informed.push(line) });
  expect(informed).toEqual([expect.stringMatching(/^Breaking the lock on cp-1: .* runs "install"/)]);
  await aborted(first.lost);
  expect(first.lost.reason).toMatchObject({ code: "locked" });
  const before = await lockFile();
  await first.release();
  expect(await lockFile()).toBe(before);
});

test("a lock that vanished, as after a reboot of the node, is taken anew", async () => {
  const lock = await acquire();
  const before = await lockFile();
  await rm(join(folder, "lock"));
  await until(
    "the lock",
    async () =>
      lockFile().then(
        (value) => ({ done: true, value }),
        () => ({ done: false, saw: "none" }),
      ),
    {
      signal: new AbortController().signal,
      deadline: 20_000,
      interval: 10,
    },
  ).then((value) => expect(value).toBe(before));
  expect(lock.lost.aborted).toBe(false);
});

test("a run that was aborted still gives its lock up", async () => {
  const abort = new AbortController();
  const lock = await acquire({ signal: abort.signal });
  abort.abort();
  await lock.release();
  await expect(lockFile()).rejects.toMatchObject({ code: "ENOENT" });
});

test("a node that stops answering is told once while the lock is kept, and again when it cannot be given up", async () => {
  const informed: string[] = [];
  let reachable = true;
  const moody: LockHost = {
    name: "cp-1",
    run: (command, options) => (reachable ? node.run(command, options) : Promise.reject(new Error("no route"))),
  };
  const lock = await acquireLock(moody, {
    cluster: "demo",
    command: "install",
    signal: new AbortController().signal,
    inform: (line) => informed.push(line),
    folder,
    times: quick,
  });
  reachable = false;
  await until(
    "a warning",
    async () => (informed.length > 0 ? { done: true, value: 0 } : { done: false, saw: "none" }),
    {
      signal: new AbortController().signal,
      deadline: 20_000,
      interval: 50,
    },
  );
  await lock.release();
  expect(informed).toEqual([
    expect.stringContaining("cannot be renewed"),
    expect.stringContaining("could not be given up"),
  ]);
});

/** The same node, whose commands hang from a moment on, as on a disk that does not respond. */
function hanging(from: { hangs: boolean }): LockHost {
  return {
    name: "cp-1",
    run: (command, options) =>
      from.hangs
        ? new Promise((_resolve, reject) => {
            options.signal.addEventListener("abort", () => reject(options.signal.reason));
          })
        : node.run(command, options),
  };
}

test("a node that hangs is not waited for without end", async () => {
  const taking = acquire({ times: { ...quick, answer: 30 } }, hanging({ hangs: true }));
  await expect(taking).rejects.toMatchObject({ code: "unreachable", message: expect.stringContaining("cp-1") });
});

test("a lock that was taken although nobody heard of it is given up, and told where it cannot be", async () => {
  const informed: string[] = [];
  let isGone = false;
  const moody: LockHost = {
    name: "cp-1",
    run: async (command, options) => {
      if (isGone) throw new Error("no route");
      await node.run(command, options);
      throw new Error(options.urgent ? "no route" : "the connection broke");
    },
  };
  const inform = (line: string) => informed.push(line);
  await expect(acquire({ inform }, moody)).rejects.toThrow("the connection broke");
  expect(await readdir(above)).toEqual([]);
  isGone = true;
  await expect(acquire({ inform }, moody)).rejects.toThrow("no route");
  expect(informed).toEqual([
    expect.stringContaining("could not be given up"),
    expect.stringContaining("could not be given up"),
  ]);
});

test("a sign of life that hangs is told, and the next ones are given again", async () => {
  const informed: string[] = [];
  const from = { hangs: false };
  await acquire({ times: { ...quick, answer: 3000 }, inform: (line) => informed.push(line) }, hanging(from));
  const lockFile = join(folder, "lock");
  from.hangs = true;
  await vi.waitUntil(() => informed.length > 0, { timeout: 20_000 });
  expect(informed).toEqual([expect.stringContaining("did not answer within")]);
  const { mtimeMs } = await stat(lockFile);
  from.hangs = false;
  await vi.waitUntil(async () => (await stat(lockFile)).mtimeMs > mtimeMs, { timeout: 20_000 });
});

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve());
  });
}

function outcome(result: PromiseSettledResult<ClusterLock>): string {
  return result.status === "fulfilled" ? "got it" : toInstallerError(result.reason).code;
}
