import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { events, pastRun } from "../../unit/report/past-run.ts";
import { inTerminal } from "./terminal.ts";

const { begun, started, finished } = events;
let folder = "";
let built = "";
let program = "";
let preset = "";
let id = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "interrupted-run-"));
  vi.stubEnv("XDG_STATE_HOME", join(folder, "state"));
  preset = join(folder, "demo.yaml");
  await mkdir("node_modules/.cache", { recursive: true });
  built = await mkdtemp("node_modules/.cache/interrupted-run-");
  execFileSync(process.execPath, ["scripts/build.mjs", built]);
  program = resolve(built, "cli.js");
  const nobody = "{ name: cp-1, address: 192.0.2.1, roles: [control-plane] }";
  const ssh = "{ user: root, hostKeys: accept-new, bastion: { address: localhost, port: 1 } }";
  await writeFile(
    preset,
    `apiVersion: kube-installer/v1
kind: Cluster
metadata: { name: demo }
spec:
  kubernetes: { version: "1.36.4" }
  topology: { static: { ssh: ${ssh}, nodes: [${nobody}] } }
`,
  );
});
beforeEach(async () => {
  await rm(join(folder, "state"), { recursive: true, force: true });
  id = await pastRun({
    hour: 1,
    events: [begun, started("a", "w-1"), finished("a", "w-1"), started("b", "w-1")],
  });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  for (const path of [folder, built]) await rm(path, { recursive: true, force: true });
});

function terminal(...args: readonly string[]) {
  const command = [process.execPath, program, ...args, "--preset", preset].join(" ");
  return inTerminal(command, { XDG_STATE_HOME: join(folder, "state") });
}

test("a person is told what was interrupted, may look at it again and again, and resumes with the enter key", async () => {
  const { sees, types, ended } = terminal("install");
  await sees("What shall be done? [resume] ");
  types("inspect\n");
  await sees(`run ${id} of cluster demo: install`);
  await sees("What shall be done? [resume] ");
  types("nonsense\n");
  await sees('"nonsense" is none of these.');
  await sees("What shall be done? [resume] ");
  types("\n");
  const { shown, exitCode } = await ended;
  expect(shown).toMatch(
    /was broken off at 01:00:04 in the middle of "Do b" on w-1; w-1 is no longer in the preset\.\n/,
  );
  expect(shown).toContain("01:00:03 w-1     done    Do a");
  expect(shown).toContain("error[unreachable]");
  expect(exitCode).toBe(4);
});

test("starting over must be confirmed with the name of the cluster", async () => {
  const { sees, types, ended } = terminal("install");
  await sees("What shall be done? [resume] ");
  types("start over\n");
  await sees("Type its name to go on: ");
  types("other\n");
  const { shown, exitCode } = await ended;
  expect(shown).toContain("The name does not match; nothing was changed.");
  expect(exitCode).toBe(2);
});

test("Ctrl-C at the question leaves everything as it is", async () => {
  const { sees, types, ended } = terminal("install");
  await sees("What shall be done? [resume] ");
  types("\u0003");
  expect((await ended).exitCode).toBe(130);
});

test("destroy offers to look, and then asks for the name as always", async () => {
  const { sees, types, ended } = terminal("destroy");
  await sees("What shall be done? [go on] ");
  types("i\n");
  await sees(`run ${id} of cluster demo: install`);
  await sees("What shall be done? [go on] ");
  types("\n");
  await sees("Type its name to go on: ");
  types("demo\n");
  expect((await ended).exitCode).toBe(4);
});

test.each([
  ["install", "--resume"],
  ["install", "--non-interactive"],
  ["destroy", "--yes"],
])("%s %s asks nothing", async (...args) => {
  const { shown, exitCode } = await terminal(...args).ended;
  expect(shown).not.toContain("What shall be done?");
  expect(exitCode).toBe(4);
});

test("without an interrupted run --start-over takes nothing away", async () => {
  await pastRun({ hour: 2, events: [begun, events.ended("ok")] });
  const { shown, exitCode } = await terminal("install", "--start-over", "--non-interactive").ended;
  expect(shown).toContain("there is nothing to start over");
  expect(exitCode).toBe(2);
});

test("with nobody there --start-over does not take away a cluster that was complete before", async () => {
  await pastRun({ hour: 0, events: [begun, events.ended("ok")] });
  const { shown, exitCode } = await terminal("install", "--start-over", "--non-interactive").ended;
  expect(shown).toContain("was complete before the interrupted run (2026-01-01 00:00:02 UTC)");
  expect(exitCode).toBe(2);
});

test("records that can neither be read nor written stop nothing", async () => {
  await rm(join(folder, "state"), { recursive: true });
  await writeFile(join(folder, "state"), "a file where the folder should be");
  const { shown, exitCode } = await terminal("install", "--non-interactive").ended;
  expect(shown).toContain("The records of earlier runs cannot be read (");
  expect(shown).toMatch(/the record of this run in \S+ cannot be written/);
  expect(shown).toContain("error[unreachable]");
  expect(exitCode).toBe(4);
});
