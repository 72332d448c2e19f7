import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Ended, kubeInstaller, lab, program } from "./kube-installer.ts";
import { differences, nodePicture } from "./node-picture.ts";

const nodes = ["cp-1", "w-1"];
const machines = lab("resume-test");
const folder = mkdtempSync(join(tmpdir(), "kube-installer-resume-"));
const preset = join(folder, "resume.yaml");
const install = ["install", "--preset", preset, "--non-interactive", "--output", "ndjson"] as const;
const destroy = ["destroy", "--preset", preset, "--yes", "--non-interactive", "--output", "ndjson"] as const;
const pictures = new Map<string, string>();

beforeAll(async () => {
  await machines.down();
  await machines.up("--nodes", "2", "--preset-out", preset);
  for (const node of nodes) pictures.set(node, await machines.inNode(node, nodePicture));
});

afterAll(async () => {
  await machines.down();
  rmSync(folder, { recursive: true, force: true });
});

/** What the operator's machine with this name keeps; it knows nothing of what others did. */
const stateOf = (operator: string) => join(folder, operator);
const kubeconfigOf = (operator: string) =>
  join(stateOf(operator), "kube-installer", "clusters", "resume-test", "kubeconfig");

/** One line of the stream, as far as these tests read it. */
interface Line {
  readonly type: string;
  readonly step?: string;
  readonly node?: string;
  readonly outcome?: string;
  readonly message?: string;
  readonly counts?: { readonly changed: number; readonly failed: number };
}

function run(operator: string, ...args: readonly string[]): Promise<Ended> {
  vi.stubEnv("XDG_STATE_HOME", stateOf(operator));
  return kubeInstaller(...args).finally(() => vi.unstubAllEnvs());
}

/** Runs what must come to a good end and gives its lines. */
async function succeed(operator: string, ...args: readonly string[]): Promise<readonly Line[]> {
  const { exitCode, stdout, stderr } = await run(operator, ...args);
  if (exitCode !== 0) throw new Error(`${args.join(" ")} ended with ${exitCode}\n${stdout}\n${stderr}`);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** Kills the program with SIGKILL as soon as it says that a step is done; gives what it had said by then. */
async function killedAfter(
  step: string,
  { operator, command }: { operator: string; command: readonly string[] },
): Promise<readonly Line[]> {
  const env = { ...process.env, XDG_STATE_HOME: stateOf(operator) };
  const child = spawn(process.execPath, [program, ...command], { stdio: ["ignore", "pipe", "pipe"], env });
  const exited = once(child, "exit");
  const said: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => said.push(chunk));
  const lines: Line[] = [];
  for await (const text of createInterface(child.stdout)) {
    const line: Line = JSON.parse(text);
    lines.push(line);
    if (line.type !== "step-finished" || line.step !== step) continue;
    child.kill("SIGKILL");
    expect((await exited)[1]).toBe("SIGKILL");
    return lines;
  }
  const [exitCode] = await exited;
  const findings = lines.flatMap((line) => (line.type === "preflight" ? [JSON.stringify(line)] : []));
  throw new Error(`It ended with ${exitCode} before ${step} was done: ${said.join("")}${findings.join("")}`);
}

const storyIn = (lines: readonly Line[]) =>
  lines.find(({ type, message }) => type === "diagnostic" && message?.startsWith("Run "))?.message;
const summaryOf = (lines: readonly Line[]) => lines.at(-1);

async function expectNodesAsFound(): Promise<void> {
  for (const node of nodes) {
    expect(differences(pictures.get(node) ?? "", await machines.inNode(node, nodePicture))).toEqual([]);
  }
}

async function expectReadyNodes(): Promise<void> {
  const ready = "jsonpath='{range .items[*]}{.metadata.name}={.status.conditions[?(@.type==\"Ready\")].status} {end}'";
  expect((await machines.kubectl(`get nodes -o ${ready}`)).trim()).toBe("cp-1=True w-1=True");
}

test("killed half-way and its state deleted, the preset alone is enough to go on", async () => {
  await killedAfter("kubeadm.init", { operator: "ann", command: install });
  rmSync(stateOf("ann"), { recursive: true });

  const second = await succeed("ann", ...install);
  expect(storyIn(second)).toBeUndefined();
  expect(summaryOf(second)).toMatchObject({ type: "summary", outcome: "ok", counts: { failed: 0 } });
  for (const step of ["os.packages", "runtime.containerd"]) {
    expect(second).toContainEqual(
      expect.objectContaining({ type: "step-finished", step, node: "cp-1", outcome: "satisfied" }),
    );
  }
  await expectReadyNodes();
  expect(statSync(kubeconfigOf("ann")).mode & 0o777).toBe(0o600);

  const third = await succeed("ann", ...install);
  expect(summaryOf(third)).toMatchObject({ outcome: "ok", counts: { changed: 0, failed: 0 } });
});

test("on another operator's machine an install only fetches the kubeconfig, and a destroy cut off there is ended on a third", async () => {
  expect(summaryOf(await succeed("bob", ...install))).toMatchObject({
    outcome: "ok",
    counts: { changed: 1, failed: 0 },
  });
  expect(existsSync(kubeconfigOf("bob"))).toBe(true);

  await killedAfter("kubeadm.join", { operator: "bob", command: destroy });
  expect(summaryOf(await succeed("eve", ...destroy))).toMatchObject({ outcome: "ok", counts: { failed: 0 } });
  await expectNodesAsFound();
});

test("an install after half a destroy says so and goes on; after several broken-off runs the newest counts", async () => {
  const first = await killedAfter("runtime.containerd", { operator: "ann", command: install });
  expect(storyIn(first)).toBeUndefined();
  await killedAfter("runtime.containerd", { operator: "ann", command: destroy });

  appendFileSync(preset, "# changed\n");
  const third = await killedAfter("os.packages", { operator: "ann", command: install });
  expect(storyIn(third)).toMatch(
    /^Run \S+ \(destroy, begun .*\) was broken off at [\d:]{8} .*; the preset has changed since\. .*installs anew/,
  );
});

test("--start-over takes away what the broken-off runs made and installs anew, as two runs with one summary", async () => {
  const fourth = await succeed("ann", ...install, "--start-over");
  expect(storyIn(fourth)).toMatch(/^Run \S+ \(install, begun .*\) was broken off .* It is started over\.$/);
  expect(fourth.filter(({ type }) => type === "summary")).toEqual([expect.objectContaining({ outcome: "ok" })]);
  await expectReadyNodes();
  const { stdout } = await run("ann", "runs", "--cluster", "resume-test");
  const told = stdout.split("\n").map((line) => /(install|destroy) .* (ok|broken off) /.exec(line)?.slice(1).join(" "));
  expect(told.slice(1, 6)).toEqual([
    ...["install ok", "destroy ok"],
    ...["install broken off", "destroy broken off", "install broken off"],
  ]);
});

test("--start-over takes nothing away once a run came to its end", async () => {
  const { exitCode, stderr } = await run("ann", ...install, "--start-over");
  expect(exitCode).toBe(2);
  expect(stderr).toContain("nothing to start over");
  await expectReadyNodes();
});

test("destroy works from the preset alone", async () => {
  await succeed("mallory", ...destroy);
  await expectNodesAsFound();
});
