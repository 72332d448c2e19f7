import { mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { networkInterfaces, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { KubernetesSource } from "../../src/preset/cluster-spec.ts";
import { prepareNode } from "../../src/steps/plans.ts";
import { lab } from "./kube-installer.ts";
import { differences, nodePicture } from "./node-picture.ts";
import { type StandInRepository, standInRepository } from "./package-repository.ts";
import { ended, stepRunner } from "./step-runner.ts";

const machines = lab("packages-test");
const folder = mkdtempSync(join(tmpdir(), "kube-installer-packages-"));
const preset = join(folder, "preset.yaml");
const node = "cp-1";
let repository: StandInRepository;
let binaries: string;
let picture: string;

beforeAll(async () => {
  await machines.down();
  await machines.up("--nodes", "1", "--preset-out", preset);
  const bundled = await stepRunner(preset);
  const { bundle, nodes } = bundled.session;
  const kubelet = bundle?.manifest.binaries.find(({ name }) => name === "kubelet");
  if (bundle === undefined || kubelet === undefined) throw new Error("no bundle with a kubelet");
  binaries = dirname(bundle.locate(kubelet));
  const prefix = (nodes[0]?.machine.address ?? "").replace(/\d+$/, "");
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  const host = addresses.find(({ address }) => address.startsWith(prefix))?.address;
  if (host === undefined) throw new Error(`this machine has no address in ${prefix}0`);
  await bundled.close();
  repository = await standInRepository(folder, { binaries, versions: ["1.20.2", "1.20.9"], host });
  await machines.inNode(
    node,
    `echo 'Acquire::http::Proxy::${host} "DIRECT";' >/etc/apt/apt.conf.d/90stand-in-repository`,
  );
  picture = await machines.inNode(node, nodePicture);
});

afterAll(async () => {
  await repository?.close();
  await machines.down();
  rmSync(folder, { recursive: true, force: true });
});

const runnerFor = (source: KubernetesSource, version = "1.20.2") =>
  stepRunner(preset, (spec) => ({ ...spec, kubernetes: { version, source } }));
const changes = async () => differences(picture, await machines.inNode(node, nodePicture));

test("packages of exactly the wanted version are installed, pinned, and removed without a trace", async () => {
  const source = { kind: "packages", repository: repository.address, signingKey: repository.signingKey } as const;
  const runner = await runnerFor(source);
  try {
    const first = await runner.perform(prepareNode);
    expect(first.messages).toMatchObject({ "kubernetes.binaries@cp-1": "Kubernetes 1.20.2 from packages" });
    expect(ended(first, "failed", "skipped")).toEqual([]);
    expect(await machines.inNode(node, "kubelet --version; command -v kubeadm; command -v crictl")).toBe(
      "Kubernetes v1.20.2\n/usr/bin/kubeadm\n/usr/bin/crictl\n",
    );
    expect(await machines.inNode(node, "systemctl is-active kubelet || true; systemctl is-enabled kubelet")).toBe(
      "inactive\nenabled\n",
    );
    expect(
      await machines.inNode(node, "apt-get update -q >/dev/null && apt-get -s upgrade | grep -c ^Inst.kube || true"),
    ).toBe("0\n");
    expect(ended(await runner.perform(prepareNode), "changed", "failed", "skipped")).toEqual([]);
    expect(ended(await runner.perform(prepareNode, { undo: true }), "failed", "skipped")).toEqual([]);
    expect(await changes()).toEqual([]);
  } finally {
    await runner.close();
  }
});

test("a key that did not sign the repository is named", async () => {
  const signingKey = join(folder, "no-key.asc");
  await writeFile(signingKey, "-----BEGIN PGP PUBLIC KEY BLOCK-----\n");
  const runner = await runnerFor({ kind: "packages", repository: repository.address, signingKey });
  try {
    const results = await runner.perform(prepareNode);
    expect(results.messages["kubernetes.binaries@cp-1"]).toContain("its signature does not fit the key");
    await runner.perform(prepareNode, { undo: true });
    expect(await changes()).toEqual([]);
  } finally {
    await runner.close();
  }
});

test("a version the repository lacks is named, and what was done can be undone", async () => {
  const source = { kind: "packages", repository: repository.address, signingKey: repository.signingKey } as const;
  const runner = await runnerFor(source, "1.20.5");
  try {
    const results = await runner.perform(prepareNode);
    expect(ended(results, "failed")).toEqual(["kubernetes.binaries@cp-1"]);
    expect(results.messages["kubernetes.binaries@cp-1"]).toContain("it has no packages of Kubernetes 1.20.5");
    await runner.perform(prepareNode, { undo: true });
    expect(await changes()).toEqual([]);
  } finally {
    await runner.close();
  }
});

test("programs come from a folder too, but only those of the wanted version", async () => {
  const right = await runnerFor({ kind: "binaries", location: binaries });
  try {
    const results = await right.perform(prepareNode);
    expect(results.messages).toMatchObject({ "kubernetes.binaries@cp-1": "Kubernetes 1.20.2 in /usr/local/bin" });
  } finally {
    await right.close();
  }
  const wrong = await runnerFor({ kind: "binaries", location: binaries }, "1.21.0");
  try {
    const results = await wrong.perform(prepareNode);
    expect(results.messages["kubernetes.binaries@cp-1"]).toContain("are Kubernetes 1.20.2, the preset asks for 1.21.0");
    await wrong.perform(prepareNode, { undo: true });
    expect(await changes()).toEqual([]);
  } finally {
    await wrong.close();
  }
});
