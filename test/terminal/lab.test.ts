import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { seconds, until } from "../../src/engine/time.ts";
import { listRunIds } from "../../src/report/list-runs.ts";
import { runFiles, runsFolder } from "../../src/report/run-folder.ts";
import { lab } from "../lab/kube-installer.ts";
import type { Terminal } from "./terminal.ts";
import { expectRestored, terminal } from "./terminal-test.ts";
import { describeLab } from "./wizard-steps.ts";

const name = "terminal-lab";
const machines = lab(name);
const { folder, start } = terminal();
const state = join(folder, "state");
const long = seconds(280);

beforeAll(async () => {
  vi.stubEnv("XDG_STATE_HOME", state);
  await machines.down();
});

afterAll(async () => {
  await machines.down();
  vi.unstubAllEnvs();
  rmSync(state, { recursive: true, force: true });
});

/** The program as somebody starts it who keeps images and packages of labs in the usual place. */
const open = (...args: readonly string[]): Promise<Terminal> =>
  start(args, { columns: 120, rows: 40, env: { HOME: process.env.HOME, XDG_STATE_HOME: state } });

/** Waits until the newest run says something in its journal that no older one is asked for. */
const journalSays = (wanted: RegExp, runsBefore: number): Promise<void> =>
  until(
    `the journal of run ${runsBefore + 1} to say ${wanted}`,
    async () => {
      const ids = await listRunIds(name);
      const { journal } = runFiles(join(runsFolder(name), ids[0] ?? ""));
      const text = ids.length > runsBefore && existsSync(journal) ? readFileSync(journal, "utf8") : "";
      if (wanted.test(text)) return { done: true, value: undefined };
      return { done: false, saw: text.trim().split("\n").at(-1) ?? "" };
    },
    { signal: new AbortController().signal, deadline: long, interval: 200 },
  );

const runsSoFar = async (): Promise<number> => (await listRunIds(name)).length;

/** Says yes to what the review shows. */
async function installFromReview(window: Terminal): Promise<void> {
  await window.shows("Press Enter to go on", long);
  await window.press("Enter");
  await window.shows(`Install ${name}?`);
  expect(await window.screen()).toMatch(/❯ No, change nothing/);
  await window.press("Down");
  await window.shows(/❯ Yes, install/);
  await window.press("Enter");
  await window.shows("running");
}

/** From Home to the review of what is left of the run that was cut off. */
async function resumeFromHome(window: Terminal): Promise<void> {
  await window.shows(new RegExp(`❯ Resume ${name}`));
  await window.press("Enter");
  await window.shows("Start over");
  await window.shows(/❯ Resume/);
  await window.press("Enter");
}

test("the wizard leads from nothing to a run; stopped after the running steps it can be resumed, and survives kill -9", async () => {
  const window = await open();
  await describeLab(window, name);
  await installFromReview(window);

  await journalSays(/"type":"step-started"/, 0);
  await window.press("?");
  await window.shows("go to the next panel");
  await window.press("Escape");
  await window.hides("go to the next panel");
  await window.press("C-c");
  await window.shows(`Stop the install of ${name}?`);
  await window.press("Escape");
  await window.hides(`Stop the install of ${name}?`);
  await window.press("C-c");
  await window.shows(/❯ Go on/);
  await window.press("Down");
  await window.shows(/❯ Stop after the running steps/);
  await window.press("Enter");
  await window.shows("Interrupted", long);
  await window.shows(/❯ Resume/);
  const before = await runsSoFar();
  await window.press("Enter");
  await journalSays(/"type":"step-started"[^\n]*"step":"runtime\.images"/, before);
  window.kill("SIGKILL");
  expect(await window.exitCode()).toBe(137);
});

test("Home offers to resume what was killed; Ctrl-C twice aborts, gives the lock up and leaves with 130", async () => {
  const window = await open();
  const before = await runsSoFar();
  await resumeFromHome(window);
  await installFromReview(window);
  await journalSays(/"type":"step-started"/, before);
  await window.press("C-c", "C-c");
  expect(await window.exitCode(seconds(30))).toBe(130);
  await expectRestored(window);
});

test("a worker that dies is told; powered on and tried again, the cluster is ready with both nodes", async () => {
  const window = await open();
  const before = await runsSoFar();
  await resumeFromHome(window);
  await installFromReview(window);
  await journalSays(/"type":"step-started"[^\n]*"step":"kubeadm\.init"/, before);
  await machines.fault("w-1", "power-off");
  await window.shows(/❯ (?:Try again|Retry)/, long);
  expect(await window.screen()).toContain("w-1");
  await machines.fault("w-1", "power-on");
  await window.press("Enter");
  await window.shows(`install of ${name} is done`, long);
  await window.shows(/❯ Leave/);
  await window.press("Enter");
  expect(await window.exitCode()).toBe(0);
  await expectRestored(window);
  expect(await window.screen()).toContain(`Cluster ${name} is ready`);

  const ready = "jsonpath='{range .items[*]}{.metadata.name}={.status.conditions[?(@.type==\"Ready\")].status} {end}'";
  expect((await machines.kubectl(`get nodes -o ${ready}`)).trim()).toBe("cp-1=True w-1=True");
});

test("the cluster is known at Home afterwards", async () => {
  const window = await open();
  await window.shows(name);
  await window.press("Down");
  await window.shows(new RegExp(`❯ ${name}`));
  await window.press("Enter");
  const menu = await window.shows("Check and mend");
  expect(menu).not.toContain("Resume");
  expect(menu).toContain("Destroy");
});
