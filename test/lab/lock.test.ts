import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { kubeInstaller, lab, program, succeed } from "./kube-installer.ts";

const machines = lab("lock");
const folder = mkdtempSync(join(tmpdir(), "kube-installer-lock-"));
const preset = join(folder, "lock.yaml");
const install = ["install", "--preset", preset, "--non-interactive"] as const;
const destroy = ["destroy", "--preset", preset, "--yes", "--non-interactive"] as const;
const lockOnNode = () => machines.inNode("cp-1", "cat /run/kube-installer/lock 2>/dev/null || true");

beforeAll(async () => {
  await machines.down();
  await machines.up("--nodes", "1", "--preset-out", preset);
});

afterAll(async () => {
  await machines.down();
  rmSync(folder, { recursive: true, force: true });
});

test("of two installs at once one works and the other is told who does, since when and what to do", async () => {
  const runs = await Promise.all([kubeInstaller(...install), kubeInstaller(...install)]);
  const [winner, loser] = runs.sort((left, right) => left.exitCode - right.exitCode);
  expect([winner?.exitCode, loser?.exitCode]).toEqual([0, 7]);
  expect(loser?.stderr).toMatch(
    /error\[locked\]: \S+ on \S+ runs "install" for cluster lock \(pid \d+\) since \d{4}-\d\d-\d\d/,
  );
  expect(loser?.stderr).toContain("--break-lock");
  expect(await lockOnNode()).toBe("");
});

test("with the state folder lost, the preset alone is enough to go on", async () => {
  vi.stubEnv("XDG_STATE_HOME", join(folder, "empty"));
  const { exitCode, stdout } = await kubeInstaller(...install).finally(() => vi.unstubAllEnvs());
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/cluster ok after .*: \d+ satisfied, 1 changed\n/);
  expect(stdout).toMatch(/done {4}Fetch the kubeconfig/);
});

test("with the lock on the node gone, the Lease of the cluster still says who holds it, and goes when its holder does", async () => {
  const lease = () => machines.kubectl("-n kube-system get lease kube-installer -o jsonpath='{.spec.holderIdentity}'");
  expect(await lease()).toBe("");
  const holder = spawn(process.execPath, [program, ...install, "--output", "ndjson"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  for await (const line of createInterface(holder.stdout)) if (line.includes('"run-started"')) break;
  holder.kill("SIGSTOP");
  expect(await lease()).toMatch(new RegExp(`^\\S+@\\S+ pid ${holder.pid} since 2`));
  await machines.inNode("cp-1", "rm /run/kube-installer/lock");

  const second = await kubeInstaller(...install);
  expect(second.exitCode).toBe(7);
  expect(second.stderr).toContain(`(pid ${holder.pid})`);
  expect(second.stderr).toContain("kubectl -n kube-system get lease kube-installer");
  expect(second.stdout).not.toContain("running");
  expect(await lockOnNode()).toBe("");

  holder.kill("SIGKILL");
  await once(holder, "exit");
  const third = await kubeInstaller(...install);
  expect(third.exitCode, third.stderr).toBe(0);
  expect(third.stderr).toMatch(/^Taking over the Lease kube-system\/kube-installer: .* but that process is gone\.$/m);
  expect(await lease()).toBe("");
});

test("after kill -9 the lock stays behind, and the next run takes it over and comes to the end", async () => {
  const child = spawn(process.execPath, [program, ...destroy], { stdio: ["ignore", "pipe", "ignore"] });
  for await (const line of createInterface(child.stdout)) if (line.includes(" done ")) break;
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(await lockOnNode()).toContain(`"pid":${child.pid}`);
  const overview = await succeed("runs", "--cluster", "lock");
  expect(overview.split("\n")[1]).toMatch(/destroy .* broken off/);

  const { exitCode, stderr } = await kubeInstaller(...destroy);
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/Taking over the lock on cp-1: .* but that process is gone/);
  expect(await machines.inNode("cp-1", "ls -d /run/kube-installer 2>/dev/null || true")).toBe("");
});

test("a dry run takes no lock and does not mind one", async () => {
  await machines.inNode(
    "cp-1",
    "mkdir -p /run/kube-installer && printf 'token\\nsomebody\\n' > /run/kube-installer/lock",
  );
  expect((await kubeInstaller(...install, "--dry-run")).exitCode).toBe(0);
  expect(await lockOnNode()).toBe("token\nsomebody\n");
  expect((await kubeInstaller(...install)).exitCode).toBe(7);
});

test("--break-lock takes the cluster from whoever holds it", async () => {
  const { exitCode, stderr } = await kubeInstaller(...destroy, "--break-lock");
  expect(exitCode).toBe(0);
  expect(stderr).toContain("Breaking the lock on cp-1");
});
