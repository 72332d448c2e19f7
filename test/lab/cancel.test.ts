import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunEvent } from "../../src/engine/events.ts";
import { seconds, until } from "../../src/engine/time.ts";
import { kubeInstaller, lab, program } from "./kube-installer.ts";

const machines = lab("cancel");
const folder = mkdtempSync(join(tmpdir(), "kube-installer-cancel-"));
const preset = join(folder, "cancel.yaml");
const install = ["install", "--preset", preset, "--non-interactive", "--output", "ndjson"] as const;

beforeAll(async () => {
  await machines.down();
  await machines.up("--nodes", "1", "--preset-out", preset);
});

afterAll(async () => {
  await machines.down();
  rmSync(folder, { recursive: true, force: true });
});

/** A run of the real program whose processes on this machine can be found by a mark in their environment. */
function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const mark = `KUBE_INSTALLER_TEST=${randomUUID()}`;
  const [name = "", value = ""] = mark.split("=");
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env, [name]: value },
  });
  const exited = once(child, "exit");
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return { child, mark, exited, stderr: () => stderr };
}

/** Starts an install and does something to it each time the chosen line comes. */
async function installAnd(act: (child: ChildProcess) => Promise<void> | void, when: (event: RunEvent) => boolean) {
  const run = start(install);
  const events: RunEvent[] = [];
  let acted: Promise<void> | undefined;
  for await (const line of createInterface(run.child.stdout)) {
    const event: RunEvent = JSON.parse(line);
    events.push(event);
    if (acted !== undefined || !when(event)) continue;
    acted = Promise.resolve(act(run.child));
    acted.catch(() => run.child.kill("SIGKILL"));
  }
  const [exitCode] = await run.exited;
  await acted;
  if (acted === undefined) throw new Error(`what was waited for never came\n${run.stderr()}`);
  return { exitCode, events, stderr: run.stderr(), mark: run.mark };
}

const started = (step: string) => (event: RunEvent) => event.type === "step-started" && event.step === step;
/** The step runs, and so does the program it is known by, inside the node. */
const whileRunning = (act: (child: ChildProcess) => void, name: string) => async (child: ChildProcess) => {
  await machines.inNode("cp-1", `timeout 300 sh -c 'until pgrep -x "${name}" >/dev/null; do sleep 0.05; done'`);
  act(child);
};
const processesIn = (name: string) => machines.inNode("cp-1", `pgrep -x '${name}' || true`);
const lockOnNode = () => machines.inNode("cp-1", "cat /run/kube-installer/lock 2>/dev/null || true");

/** Processes of this machine with the mark in their environment. */
function marked(mark: string): readonly string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, "latin1").includes(mark);
    } catch {
      return false;
    }
  });
}

test("SIGTERM while packages are installed: the next run completes what was cut short", async () => {
  const { exitCode, mark } = await installAnd(
    whileRunning((child) => child.kill("SIGTERM"), "dpkg"),
    started("os.packages"),
  );
  expect(exitCode).toBe(143);
  expect(await processesIn("apt-get|dpkg")).toBe("");
  expect(marked(mark)).toEqual([]);
});

test("Ctrl-C once: the step that runs is finished, no other is started, the lock is given up", async () => {
  const interrupt = whileRunning((child) => child.kill("SIGINT"), "apt-get|dpkg");
  const { exitCode, events, stderr, mark } = await installAnd(interrupt, started("os.packages"));
  expect(exitCode).toBe(130);
  expect(stderr).toContain("Stopping after the running steps");
  expect(events).toContainEqual(
    expect.objectContaining({ type: "step-finished", step: "os.packages", outcome: "changed" }),
  );
  const skipped = events.filter((event) => event.type === "step-finished" && event.outcome === "skipped");
  expect(skipped).toContainEqual(
    expect.objectContaining({ step: "runtime.containerd", message: "the run was interrupted" }),
  );
  expect(events.at(-1)).toMatchObject({ type: "summary", outcome: "interrupted" });
  expect(await lockOnNode()).toBe("");
  expect(marked(mark)).toEqual([]);
});

test("Ctrl-C twice: what runs on the node is ended, and nothing of the run is left here", async () => {
  const twice = whileRunning((child) => {
    child.kill("SIGINT");
    child.stderr?.once("data", () => child.kill("SIGINT"));
  }, "kubeadm");
  const { exitCode, stderr, mark } = await installAnd(twice, started("kubeadm.init"));
  expect(exitCode).toBe(130);
  expect(await processesIn("kubeadm")).toBe("");
  expect(marked(mark)).toEqual([]);
  const lock = await lockOnNode();
  if (lock !== "") expect(stderr).toMatch(/lock .*(could not be|not) given up/);
});

test("a terminal that goes away ends the run and what it started", async () => {
  const { exitCode, mark } = await installAnd(
    whileRunning((child) => child.kill("SIGHUP"), "kubeadm"),
    started("kubeadm.init"),
  );
  expect(exitCode).toBe(129);
  expect(await processesIn("kubeadm")).toBe("");
  expect(marked(mark)).toEqual([]);
});

test("kill -9: what runs on the node ends as well, and the next run comes to the end", async () => {
  const { exitCode, mark } = await installAnd(
    whileRunning((child) => child.kill("SIGKILL"), "kubeadm"),
    started("kubeadm.init"),
  );
  expect(exitCode).toBeNull();
  await machines.inNode("cp-1", "timeout 60 sh -c 'while pgrep -x kubeadm >/dev/null; do sleep 0.1; done'");
  expect(marked(mark)).toEqual([]);
  const next = await kubeInstaller(...install);
  expect(next.exitCode, next.stderr).toBe(0);
});

test("Ctrl-C twice also ends programs on this machine", async () => {
  const ssh = join(folder, "ssh");
  writeFileSync(ssh, `#!/bin/sh\n: >${folder}/asked\nsleep 1000 &\nwait\n`);
  chmodSync(ssh, 0o755);
  const run = start(install, { PATH: `${folder}:${process.env.PATH}` });
  await until(
    "ssh to be asked",
    async () =>
      readdirSync(folder).includes("asked") ? { done: true, value: undefined } : { done: false, saw: "not yet" },
    { signal: new AbortController().signal, deadline: seconds(120), interval: 20 },
  );
  run.child.kill("SIGINT");
  run.child.stderr.once("data", () => run.child.kill("SIGINT"));
  const [exitCode] = await run.exited;
  expect(exitCode).toBe(130);
  expect(marked(run.mark)).toEqual([]);
});
