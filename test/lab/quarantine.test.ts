import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunEvent } from "../../src/engine/events.ts";
import { kubeInstaller, lab, program } from "./kube-installer.ts";

const machines = lab("quarantine");
const folder = mkdtempSync(join(tmpdir(), "kube-installer-quarantine-"));
const preset = join(folder, "quarantine.yaml");
const install = ["install", "--preset", preset, "--non-interactive"] as const;

beforeAll(async () => {
  await machines.down();
  await machines.up("--nodes", "3", "--preset-out", preset);
});

afterAll(async () => {
  await machines.down();
  rmSync(folder, { recursive: true, force: true });
});

/** Installs and does something to the lab once a step has started on a node. */
async function installAnd(act: () => Promise<unknown>, step: string, node: string) {
  const child = spawn(process.execPath, [program, ...install, "--output", "ndjson"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const events: (RunEvent | ({ type: "summary" } & Record<string, unknown>))[] = [];
  let acted: Promise<unknown> | undefined;
  for await (const line of createInterface(child.stdout)) {
    const event: RunEvent = JSON.parse(line);
    events.push(event);
    if (event.type === "step-started" && event.step === step && event.node === node) acted ??= act();
  }
  const [exitCode] = await exited;
  await acted;
  if (acted === undefined) throw new Error(`${step} never started on ${node}\n${stderr}`);
  return { exitCode, stderr, events };
}

const readiness = async () =>
  (
    await machines.kubectl(
      "get nodes -o jsonpath='{range .items[*]}{.metadata.name}={.status.conditions[?(@.type==\"Ready\")].status} {end}'",
    )
  ).trim();

const counts = (stdout: string) => JSON.parse(stdout.trim().split("\n").at(-1) ?? "").counts;

test("a first control plane that dies mid-run stops the run, and the next one converges", async () => {
  const { exitCode, stderr, events } = await installAnd(
    () => machines.fault("cp-1", "power-off"),
    "kubeadm.init",
    "cp-1",
  );
  expect(exitCode).toBe(4);
  expect(stderr).toMatch(/error\[(connection-lost|unreachable)\].*\n(?:.*\n)*? +where: +node cp-1, step kubeadm\.init/);
  expect(events.at(-1)).toMatchObject({ type: "summary", outcome: "failed", setAside: [] });
  await machines.fault("cp-1", "power-on");
});

test("a worker that dies mid-run is set aside, and the rest is finished", async () => {
  const { exitCode, stderr, events } = await installAnd(
    () => machines.fault("w-2", "power-off"),
    "kubeadm.join",
    "w-2",
  );
  expect(stderr).toContain("error[partial]: w-2 was set aside; everything else is as wanted.");
  expect(exitCode).toBe(6);
  expect(events.filter(({ type }) => type === "node-set-aside")).toMatchObject([{ node: "w-2" }]);
  expect(events.at(-1)).toMatchObject({ type: "summary", outcome: "partial", setAside: ["w-2"] });
  expect(await readiness()).toMatch(/^cp-1=True w-1=True( w-2=\w+)?$/);
});

test("a worker that is gone from the start is told before anything changes, and the run does without it", async () => {
  const { exitCode, stdout, stderr } = await kubeInstaller(...install, "--output", "ndjson");
  expect(exitCode).toBe(6);
  expect(counts(stdout)).toMatchObject({ failed: 0 });
  expect(stderr).toMatch(/^warning: w-2 cannot be used: Cannot connect to .*\nThe run goes on without w-2/);
  const strict = await kubeInstaller(...install, "--require-all-nodes");
  expect(strict.exitCode).toBe(4);
  expect(strict.stdout).not.toContain("running");
});

test("a worker that refuses the login stops everything, as that is a mistake", async () => {
  await machines.fault("w-2", "power-on");
  const other = join(folder, "other.yaml");
  const fingerprints = /hostKeyFingerprints:\n( +)- (SHA256:\S+)/g;
  const keys = [...readFileSync(preset, "utf8").matchAll(fingerprints)];
  expect(keys).not.toEqual([]);
  const last = keys.at(-1)?.[2] ?? "";
  writeFileSync(other, readFileSync(preset, "utf8").replace(last, `SHA256:${"A".repeat(43)}`));
  const { exitCode, stdout, stderr } = await kubeInstaller("install", "--preset", other, "--non-interactive");
  expect(exitCode).toBe(4);
  expect(stderr).toContain("host-key-refused");
  expect(stdout).not.toContain("running");
});

test("once it is back, a run picks it up, and a further one changes nothing", async () => {
  const back = await kubeInstaller(...install, "--output", "ndjson");
  expect(back.exitCode, back.stderr).toBe(0);
  expect(await readiness()).toBe("cp-1=True w-1=True w-2=True");
  const again = await kubeInstaller(...install, "--output", "ndjson");
  expect(again.exitCode).toBe(0);
  expect(counts(again.stdout)).toMatchObject({ changed: 0, failed: 0, skipped: 0 });
});
