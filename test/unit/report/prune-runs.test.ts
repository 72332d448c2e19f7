import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunEvent, RunSummary } from "../../../src/engine/events.ts";
import { listRunIds } from "../../../src/report/list-runs.ts";
import { keptRuns, pruneRuns } from "../../../src/report/prune-runs.ts";
import { recordRun } from "../../../src/report/record-run.ts";
import { newRunId, runFiles, runsFolder } from "../../../src/report/run-folder.ts";
import { useOwnStateHome } from "./state-home.ts";

useOwnStateHome();

const record = () =>
  recordRun({ cluster: "demo", command: "install", programVersion: "1.2.3", inform: (line) => expect.fail(line) });

/** A record as a run at that hour would have left it; without an outcome its process still runs. */
async function pastRun(hour: number, outcome?: RunSummary["outcome"], dryRun = false): Promise<string> {
  const started = new Date(Date.UTC(2026, 0, 1, hour));
  const id = newRunId(started);
  const folder = join(runsFolder("demo"), id);
  await mkdir(folder, { recursive: true });
  const journal = runFiles((await record()).folder).journal;
  const [header = ""] = (await readFile(journal, "utf8")).split("\n");
  const ts = started.toISOString();
  const counts = { satisfied: 0, changed: 1, "would-change": 0, failed: 0, skipped: 0 };
  const events: RunEvent[] = [{ type: "run-started", steps: 1, nodes: ["cp-1"], dryRun }];
  if (outcome !== undefined) {
    events.push({ type: "run-finished", outcome, durationMs: 1, counts, setAside: [], criticalPath: [] });
  }
  const lines = [header, ...events.map((event) => JSON.stringify({ ts, ...event }))];
  await writeFile(runFiles(folder).journal, lines.map((line) => `${line}\n`).join(""));
  return id;
}

test("the newest runs stay", async () => {
  const ids: string[] = [];
  for (let hour = 0; hour < 5; hour++) ids.unshift(await pastRun(hour, "ok"));
  const others = (await listRunIds("demo")).length - ids.length;
  await pruneRuns("demo", others + 3);
  expect((await listRunIds("demo")).slice(others)).toEqual(ids.slice(0, 3));
});

test("the last success, the last run that changed something and whatever still runs stay, however old", async () => {
  await pastRun(0, "ok");
  const running = await pastRun(1);
  const success = await pastRun(2, "ok");
  await pastRun(3, "failed");
  const brokenOff = await pastRun(4, "interrupted");
  await pastRun(5, "ok", true);
  await pruneRuns("demo", 0);
  const old = (await listRunIds("demo")).filter((id) => id.startsWith("20260101"));
  expect(old).toEqual([brokenOff, success, running]);
});

test("a new run takes away what is too much, whatever it looks like, and touches nothing else", async () => {
  const runs = runsFolder("demo");
  for (let hour = 0; hour < keptRuns + 10; hour++) {
    await mkdir(join(runs, newRunId(new Date(Date.UTC(2026, 0, 1, hour)))), { recursive: true });
  }
  await mkdir(join(runs, "notes"));
  const { id } = await record();
  const left = await listRunIds("demo");
  expect(left).toHaveLength(keptRuns);
  expect(left[0]).toBe(id);
  expect(await readFile(runFiles(join(runs, id)).journal, "utf8")).toContain(id);
  await expect(mkdir(join(runs, "notes"))).rejects.toMatchObject({ code: "EEXIST" });
});
