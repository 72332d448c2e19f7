import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { listRuns } from "../../../src/report/list-runs.ts";
import { readRun } from "../../../src/report/read-run.ts";
import { runFiles } from "../../../src/report/run-folder.ts";

let home = "";
let program = "";
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "killed-journal-"));
  vi.stubEnv("XDG_STATE_HOME", home);
  program = join(home, "writing-process.mjs");
  const entry = new URL("./writing-process.ts", import.meta.url).pathname;
  await build({ entryPoints: [entry], bundle: true, format: "esm", platform: "node", outfile: program });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true, force: true });
});

/** Lets the process write until so many steps have begun, kills it there and gives what it had said by then. */
async function killedAfter(steps: number): Promise<{ folder: string; acknowledged: readonly string[] }> {
  const child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "inherit"] });
  const said: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    if (said.length > steps && child.signalCode === null) child.kill("SIGKILL");
  }
  if (child.signalCode === null) await once(child, "exit");
  expect(child.signalCode).toBe("SIGKILL");
  const [folder = "", ...acknowledged] = said;
  return { folder, acknowledged };
}

test("whenever the writer is killed, every step it said it began is in the journal, and the journal can be read", async () => {
  for (let attempt = 0; attempt < 30; attempt++) {
    const { folder, acknowledged } = await killedAfter(Math.floor(Math.random() * 60));
    const run = await readRun(runFiles(folder).journal);
    const begun = run.events.flatMap(({ event }) => (event.type === "step-started" ? [event.step] : []));
    expect(begun.slice(0, acknowledged.length)).toEqual(acknowledged);
    expect(begun.length - acknowledged.length).toBeLessThanOrEqual(1);
    expect(run).toMatchObject({ lost: 0, header: { cluster: "killed" } });
  }
  expect((await listRuns("killed")).map(({ outcome }) => outcome)).toEqual(Array(30).fill("broken off"));
});
