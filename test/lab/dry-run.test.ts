import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { planSchema } from "../../src/report/plan-json.ts";
import { kubeInstaller, lab, program, succeed } from "./kube-installer.ts";
import { differences, nodePicture } from "./node-picture.ts";
import { bareNode, writesDuring } from "./writes-since.ts";

const nodes = ["cp-1", "w-1"];
const machines = lab("dry-run-test");
const folder = mkdtempSync(join(tmpdir(), "kube-installer-dry-run-"));
const preset = join(folder, "preset.yaml");
const common = ["--preset", preset, "--non-interactive"] as const;

beforeAll(async () => {
  await machines.down();
  await machines.up("--nodes", "2", "--preset-out", preset);
});

afterAll(async () => {
  await machines.down();
  rmSync(folder, { recursive: true, force: true });
});

interface NodeObject {
  readonly metadata: { readonly name: string; readonly labels: object };
  readonly spec: { readonly taints?: readonly { readonly key: string }[] };
}

type Plan = z.infer<typeof planSchema>;

async function planned(...options: readonly string[]): Promise<Plan> {
  return planSchema.parse(JSON.parse(await succeed("plan", ...common, "--output", "json", ...options)));
}

/** What a dry run says of each step, in the words of a plan. */
async function dryRun(command: "install" | "destroy") {
  const lines = (await succeed(command, ...common, "--dry-run", "--output", "ndjson")).trim().split("\n");
  const ended = lines.map((line) => JSON.parse(line)).filter(({ type }) => type === "step-finished");
  return ended.map(({ step, node, outcome, kind, danger, message }) => ({
    key: node === undefined ? step : `${step}@${node}`,
    kind: outcome === "satisfied" ? outcome : danger === undefined ? kind : "danger",
    saw: message,
    ...(danger === undefined ? {} : { danger }),
  }));
}

const inShort = ({ entries }: Plan) =>
  entries.map(({ key, kind, saw, danger }) => ({ key, kind, saw, ...(danger === undefined ? {} : { danger }) }));
const byKey = <T extends { key: string }>(entries: readonly T[]) =>
  entries.toSorted((one, other) => one.key.localeCompare(other.key));

/** Everything that only looks. */
async function lookInEveryWay(): Promise<void> {
  const [plan, dry] = [await planned(), await dryRun("install")];
  expect(byKey(dry)).toEqual(byKey(inShort(plan)));
  const [away, dryAway] = [await planned("--destroy"), await dryRun("destroy")];
  expect(byKey(dryAway)).toEqual(byKey(inShort(away)));
  await succeed("plan", ...common);
  await succeed("plan", ...common, "--output", "dot");
}

/** Installs until a step has ended, then lets the running ones end and no more begin, as Ctrl-C does. */
async function installUntil(step: string): Promise<void> {
  const child = spawn(process.execPath, [program, "install", ...common, "--output", "ndjson"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const closed = once(child, "close");
  let isAsked = false;
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line);
    if (isAsked || event.type !== "step-finished" || event.step !== step) continue;
    isAsked = child.kill("SIGINT");
  }
  expect(await closed).toEqual([130, null]);
}

describe("looking at bare machines", () => {
  test("leaves not a single file written, and each machine as it was", async () => {
    const before = await Promise.all(nodes.map((node) => machines.inNode(node, nodePicture)));
    expect(await writesDuring(machines, nodes, lookInEveryWay, bareNode)).toEqual([]);
    for (const [index, node] of nodes.entries()) {
      expect(differences(before[index] ?? "", await machines.inNode(node, nodePicture))).toEqual([]);
    }
  });

  test("plans everything, and says what was not measured", async () => {
    const { counts, entries, preflight } = await planned();
    expect(entries.find(({ key }) => key === "kubeadm.init@cp-1")).toMatchObject({
      kind: "create",
      saw: "no control plane yet",
    });
    expect(counts).toMatchObject({ unknown: 0 });
    expect(preflight?.notes.join()).toContain("disk speed of cp-1 was not measured");
  });

  test("the search for writes sees what preflight writes to measure a disk", async () => {
    const measuring = () => succeed("preflight", ...common).then(() => undefined);
    expect(await writesDuring(machines, nodes, measuring, bareNode)).not.toEqual([]);
    expect(await writesDuring(machines, ["w-1"], measuring, bareNode)).toEqual([]);
  });
});

describe("looking at a cluster that was installed halfway", () => {
  beforeAll(() => installUntil("runtime.containerd"));

  test("leaves not a single file written", async () => {
    expect(await writesDuring(machines, nodes, lookInEveryWay)).toEqual([]);
  });

  test("plans what is left", async () => {
    const { counts } = await planned();
    expect(counts.satisfied).toBeGreaterThan(6);
    expect(counts.create).toBeGreaterThan(6);
  });
});

describe("looking at a finished cluster", () => {
  beforeAll(async () => {
    await succeed("install", ...common);
  });

  const kinds = "configmaps,secrets,serviceaccounts,services,daemonsets,deployments,clusterroles,clusterrolebindings";
  const objectLine = `{.kind}/{.metadata.namespace}/{.metadata.name} {.metadata.generation} {.data}`;
  const eachLine = (line: string) => `-o jsonpath='{range .items[*]}${line}{"\\n"}{end}'`;

  /** What of the cluster only somebody's doing changes: name and version of every such object. */
  const objects = () => machines.kubectl(`get ${kinds} -A ${eachLine(objectLine)}`);

  /** The same of each Node, without the taints the cluster itself takes away some seconds after a Node is Ready. */
  async function nodeObjects() {
    const { items } = JSON.parse(await machines.kubectl("get nodes -o json"));
    return items.map(({ metadata: { name, labels }, spec: { taints = [], ...spec } }: NodeObject) => ({
      ...{ name, labels, spec },
      taints: taints.filter(({ key }) => !key.startsWith("node.kubernetes.io/")),
    }));
  }

  test("leaves not a single file written and every object as it was", async () => {
    const [before, nodesBefore] = [await objects(), await nodeObjects()];
    expect(before).toContain("ConfigMap/kube-system/kube-installer");
    expect(await writesDuring(machines, nodes, lookInEveryWay)).toEqual([]);
    expect(await objects()).toBe(before);
    expect(await nodeObjects()).toEqual(nodesBefore);
  });

  test("plans nothing, and says so", async () => {
    const { stdout, exitCode } = await kubeInstaller("plan", ...common, "--only-changes");
    expect(exitCode).toBe(0);
    expect(stdout.trim()).toMatch(/^\d+ satisfied: nothing would change$/);
  });

  test("warns of what a destroy takes away", async () => {
    const { entries } = await planned("--destroy");
    const init = entries.find(({ key }) => key === "kubeadm.init@cp-1");
    expect(init).toMatchObject({ kind: "danger", title: "Take the node out of the cluster" });
    expect(init?.danger).toContain("etcd's data");
  });

  test("goes on without a worker that is gone, and says which", async () => {
    await machines.fault("w-1", "link-down");
    const { stdout, stderr, exitCode } = await kubeInstaller("plan", ...common);
    await machines.fault("w-1", "link-up");
    expect(exitCode).toBe(6);
    expect(stdout).toMatch(/w-1\n {2}\? all \d+ steps: its node was set aside/);
    expect(stderr).toContain("w-1");
  });
});

test("a plan for machines that do not exist yet makes none", async () => {
  const unmade = join(folder, "unmade.yaml");
  writeFileSync(
    unmade,
    `apiVersion: kube-installer/v1
kind: Cluster
metadata: { name: unmade }
spec: { topology: { lab: { name: dry-run-unmade, workers: 2 } } }
`,
  );
  const stdout = await succeed("plan", "--preset", unmade, "--non-interactive");
  expect(stdout).toContain(
    "w-2: the machine does not exist yet; it is looked at once it is made\n  + Open the receipt of changes\n",
  );
  const dry = await kubeInstaller("install", "--preset", unmade, "--dry-run", "--non-interactive");
  expect(dry).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("a dry run makes none") });
  expect(await succeed("lab", "status")).not.toContain("dry-run-unmade");
  const destroy = await succeed("plan", "--destroy", "--preset", unmade, "--non-interactive");
  expect(destroy).toContain("= Take away the lab: there is no such lab");
});
