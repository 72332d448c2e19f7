import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lookBack } from "../../../src/report/interrupted-run.ts";
import { recordRun } from "../../../src/report/record-run.ts";
import { runFiles, runsFolder } from "../../../src/report/run-folder.ts";
import { events, pastRun } from "./past-run.ts";
import { useOwnStateHome } from "./state-home.ts";

useOwnStateHome();

const { begun, begunDry, started, finished, ended } = events;

test("a run whose process is gone was broken off, in the middle of the steps that had begun", async () => {
  const id = await pastRun({
    hour: 1,
    header: { presetDigest: "sha256:abc" },
    events: [
      begun,
      started("a", "cp-1"),
      finished("a", "cp-1"),
      started("b", "cp-1"),
      started("a", "w-1"),
      started("c"),
    ],
  });
  const { interrupted } = await lookBack("demo");
  expect(interrupted).toMatchObject({ id, cluster: "demo", command: "install", outcome: "broken off" });
  expect(interrupted).toMatchObject({ nodes: ["cp-1", "w-1"], presetDigest: "sha256:abc", failed: [] });
  expect(interrupted?.midFlight).toEqual([
    { title: "Do b", node: "cp-1" },
    { title: "Do a", node: "w-1" },
    { title: "Do c" },
  ]);
  expect(interrupted?.started.toISOString()).toBe("2026-01-01T01:00:00.000Z");
  expect(interrupted?.lastEvent.toISOString()).toBe("2026-01-01T01:00:06.000Z");
});

test("a torn last line is no event", async () => {
  await pastRun({
    hour: 1,
    events: [begun, started("a", "w-1")],
    torn: '{"ts":"2026-01-01T01:00:03.000Z","type":"step-fin',
  });
  expect((await lookBack("demo")).interrupted?.midFlight).toEqual([{ title: "Do a", node: "w-1" }]);
});

test.each(["interrupted", "failed"] as const)("a run that ended %s can be resumed too", async (outcome) => {
  await pastRun({ hour: 1, events: [begun, started("a", "w-1"), finished("a", "w-1", "failed"), ended(outcome)] });
  expect((await lookBack("demo")).interrupted).toMatchObject({
    outcome,
    midFlight: [],
    failed: [{ title: "Do a", node: "w-1" }],
  });
});

test.each(["ok", "partial"] as const)("after a run that ended %s there is nothing to resume", async (outcome) => {
  await pastRun({ hour: 1, events: [begun, started("a", "w-1")] });
  await pastRun({ hour: 2, events: [begun, ended(outcome)] });
  expect(await lookBack("demo")).toEqual({ unreadable: [] });
});

test("of several the newest that changed something counts", async () => {
  await pastRun({ hour: 1, events: [begun, started("a", "w-1")] });
  const second = await pastRun({ hour: 2, command: "destroy", events: [begun, started("b", "w-1")] });
  await pastRun({ hour: 3, command: "install --dry-run", events: [begunDry, ended("failed")] });
  await pastRun({ hour: 4, events: [] });
  await pastRun({ hour: 5, events: [ended("failed")] });
  expect((await lookBack("demo")).interrupted).toMatchObject({ id: second, command: "destroy" });
});

test("records that cannot be read are named, and stop nothing", async () => {
  const broken = await pastRun({ hour: 1, events: [begun, started("a", "w-1")] });
  const empty = await pastRun({ hour: 2 });
  await writeFile(runFiles(join(runsFolder("demo"), empty)).journal, "");
  const damaged = await pastRun({ hour: 3, header: { schema: "2.0" } });
  const { interrupted, unreadable } = await lookBack("demo");
  expect(interrupted?.id).toBe(broken);
  expect(unreadable).toEqual([damaged, empty]);
});

test("as long as a run lives, none is interrupted: the lock has the say", async () => {
  await pastRun({ hour: 1, events: [begun, started("a", "w-1")] });
  const alive = await recordRun({ cluster: "demo", command: "install", programVersion: "1", inform: () => undefined });
  expect(await lookBack("demo")).toEqual({ unreadable: [] });
  alive.end();
});

test("a dry run that lives does not count", async () => {
  await pastRun({ hour: 1, events: [begun, started("a", "w-1")] });
  const command = "install --dry-run";
  const alive = await recordRun({ cluster: "demo", command, programVersion: "1", inform: () => undefined });
  expect((await lookBack("demo")).interrupted?.outcome).toBe("broken off");
  alive.end();
});

test("a run of another machine that shares the records has no end", async () => {
  await pastRun({ hour: 1, header: { host: "ops-2" }, events: [begun, started("a", "w-1")] });
  expect((await lookBack("demo")).interrupted).toMatchObject({ outcome: "unfinished", host: "ops-2" });
});

test("without any record there is nothing to say", async () => {
  expect(await lookBack("demo")).toEqual({ unreadable: [] });
});

test("says when the cluster was complete before, unless it was being destroyed since", async () => {
  const completeBefore = async () => (await lookBack("demo")).interrupted?.completeBefore?.toISOString();
  await pastRun({ hour: 1, events: [begun, ended("ok")] });
  await pastRun({ hour: 2, events: [begun, ended("failed")] });
  await pastRun({ hour: 3, events: [begun, started("a", "w-1")] });
  expect(await completeBefore()).toBe("2026-01-01T01:00:02.000Z");
  await pastRun({ hour: 4, command: "destroy", events: [begun, started("a", "w-1")] });
  expect(await completeBefore()).toBeUndefined();
  await pastRun({ hour: 5, events: [begun, started("a", "w-1")] });
  expect(await completeBefore()).toBeUndefined();
});
