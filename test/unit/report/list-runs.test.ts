import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunEvent } from "../../../src/engine/events.ts";
import { listClusters, listRunIds, listRuns } from "../../../src/report/list-runs.ts";
import { recordRun } from "../../../src/report/record-run.ts";
import { everyEvent } from "./every-event.ts";
import { useOwnStateHome } from "./state-home.ts";

useOwnStateHome();

async function record(events: readonly RunEvent[], cluster = "demo"): Promise<string> {
  const run = await recordRun({ cluster, command: "install", programVersion: "1.2.3", inform: () => undefined });
  for (const event of events) run.emit(event);
  run.end();
  return join(run.folder, "journal.jsonl");
}

async function changeHeader(journal: string, change: object): Promise<void> {
  const [header = "", ...rest] = (await readFile(journal, "utf8")).split("\n");
  await writeFile(journal, [JSON.stringify({ ...JSON.parse(header), ...change }), ...rest].join("\n"));
}

test("without any run there is nothing to list", async () => {
  expect(await listClusters()).toEqual([]);
  expect(await listRuns("demo")).toEqual([]);
});

test("a finished run is listed with its outcome, counts and duration", async () => {
  await record(everyEvent);
  expect(await listClusters()).toEqual(["demo"]);
  expect(await listRuns("demo")).toMatchObject([
    { cluster: "demo", outcome: "partial", durationMs: 24_000, counts: { changed: 1, failed: 1 } },
  ]);
});

test("a run without a summary runs, broke off, or cannot be judged from here", async () => {
  const journal = await record(everyEvent.slice(0, -1));
  const outcome = async () => (await listRuns("demo"))[0]?.outcome;
  expect(await outcome()).toBe("running");
  await changeHeader(journal, { startTicks: "1" });
  expect(await outcome()).toBe("broken off");
  await changeHeader(journal, { host: "another-machine" });
  expect(await outcome()).toBe("unfinished");
  expect((await listRuns("demo"))[0]?.counts).toEqual({ changed: 1, failed: 1 });
});

test("a record that cannot be read is listed all the same", async () => {
  await writeFile(await record(everyEvent), "");
  expect(await listRuns("demo")).toMatchObject([{ outcome: "unreadable" }]);
});

test("the newest run comes first", async () => {
  for (let count = 0; count < 5; count++) await record([]);
  const ids = await listRunIds("demo");
  expect(ids).toHaveLength(5);
  expect(ids).toEqual([...ids].sort().reverse());
});
