import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stateFolder } from "../../src/engine/state-folder.ts";
import { kubeInstaller, lab, succeed } from "./kube-installer.ts";
import { differences, nodePicture } from "./node-picture.ts";

const nodes = ["cp-1", "w-1"];
const machines = lab("install-test");
const folder = mkdtempSync(join(tmpdir(), "kube-installer-install-"));
const preset = join(folder, "preset.yaml");
const pictures = new Map<string, string>();

const changesOf = async (node: string) =>
  differences(pictures.get(node) ?? "", await machines.inNode(node, nodePicture));
const ready = "jsonpath='{range .items[*]}{.metadata.name}={.status.conditions[?(@.type==\"Ready\")].status} {end}'";

beforeAll(async () => {
  await machines.down();
  await machines.up("--nodes", "2", "--preset-out", preset);
  for (const node of nodes) pictures.set(node, await machines.inNode(node, nodePicture));
});

afterAll(async () => {
  await machines.down();
  rmSync(folder, { recursive: true, force: true });
});

describe("a cluster on two bare nodes", () => {
  test("a dry run says what it would do and changes nothing", async () => {
    const stdout = await succeed("install", "--preset", preset, "--dry-run", "--non-interactive");
    expect(stdout).toMatch(/w-1 +would +Join/);
    for (const node of nodes) expect(await changesOf(node)).toEqual([]);
  });

  test("an install ends with Ready nodes and running system pods", async () => {
    const stdout = await succeed("--preset", preset, "--non-interactive");
    expect(stdout).toContain("is ready");
    expect((await machines.kubectl(`get nodes -o ${ready}`)).trim()).toBe("cp-1=True w-1=True");
    const phases = await machines.kubectl("get pods -n kube-system -o jsonpath='{.items[*].status.phase}'");
    expect(new Set(phases.trim().split(" "))).toEqual(new Set(["Running"]));
  });

  test("the kubeconfig works from outside and only its owner can read it", async () => {
    const name = /name: ([a-z0-9-]+)/.exec(readFileSync(preset, "utf8"))?.[1] ?? "";
    const path = join(stateFolder(), "clusters", name, "kubeconfig");
    expect(existsSync(path)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, "utf8")).toMatch(/server: https:\/\/[\d.]+:6443/);
  });

  test("nothing of the verification stays in the cluster", async () => {
    const namespaces = await machines.kubectl("get namespaces -o jsonpath='{.items[*].metadata.name}'");
    expect(namespaces.trim().split(" ").sort()).toEqual(["default", "kube-node-lease", "kube-public", "kube-system"]);
  });

  test("a second install changes nothing", async () => {
    const lines = (await succeed("install", "--preset", preset, "--non-interactive", "--output", "ndjson"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ type: "version" });
    expect(lines.at(-1)).toMatchObject({ type: "summary", outcome: "ok", counts: { changed: 0, failed: 0 } });
  });

  test("a rebooted node comes back Ready with its routes", async () => {
    await machines.fault("w-1", "reboot");
    await machines.kubectl("wait --for=condition=Ready node/w-1 --timeout=180s");
    const summary = (await succeed("install", "--preset", preset, "--non-interactive", "--output", "ndjson"))
      .trim()
      .split("\n")
      .at(-1);
    expect(JSON.parse(summary ?? "")).toMatchObject({ outcome: "ok", counts: { failed: 0 } });
  });

  test("a worker that has no certificate, as one killed while it asked for it, joins anew", async () => {
    await machines.inNode("w-1", "rm /var/lib/kubelet/pki/kubelet-client-* && systemctl restart kubelet");
    const stdout = await succeed("install", "--preset", preset, "--non-interactive");
    expect(stdout).toMatch(/w-1 +done +Join the cluster/);
    expect((await machines.kubectl(`get nodes -o ${ready}`)).trim()).toBe("cp-1=True w-1=True");
  });

  test("destroy needs a yes when nobody can be asked", async () => {
    const { exitCode, stderr } = await kubeInstaller("destroy", "--preset", preset, "--non-interactive");
    expect(exitCode).toBe(5);
    expect(stderr).toContain("--yes");
  });

  test("destroy leaves each node as it was found", async () => {
    await succeed("destroy", "--preset", preset, "--yes", "--non-interactive");
    for (const node of nodes) expect(await changesOf(node)).toEqual([]);
  });

  test("destroying what is gone changes nothing", async () => {
    const stdout = await succeed("destroy", "--preset", preset, "--yes", "--non-interactive", "--output", "ndjson");
    expect(JSON.parse(stdout.trim().split("\n").at(-1) ?? "")).toMatchObject({ outcome: "ok", counts: { changed: 0 } });
  });
});
