import { join } from "node:path";
import { expect, test } from "vitest";
import type { CommandContext } from "../../../../src/cli/command-context.ts";
import { run as list } from "../../../../src/cli/commands/runs.ts";
import { run as show } from "../../../../src/cli/commands/runs-show.ts";
import { defaultLimits } from "../../../../src/engine/limits.ts";
import { readRun } from "../../../../src/report/read-run.ts";
import { recordRun } from "../../../../src/report/record-run.ts";
import { everyEvent } from "../../report/every-event.ts";
import { events, pastRun } from "../../report/past-run.ts";
import { useOwnStateHome } from "../../report/state-home.ts";

useOwnStateHome();

async function record(cluster: string, events = everyEvent): Promise<{ id: string; folder: string }> {
  const run = await recordRun({ cluster, command: "install", programVersion: "1.2.3", inform: () => undefined });
  for (const event of events) run.emit(event);
  run.end();
  return run;
}

function contextOf(): CommandContext & { printed: string[]; informed: string[] } {
  const [printed, informed]: string[][] = [[], []];
  const { signal } = new AbortController();
  return {
    signal,
    stop: signal,
    interactive: false,
    limits: defaultLimits,
    print: (line) => printed?.push(line),
    inform: (line) => informed?.push(line),
    printed: printed ?? [],
    informed: informed ?? [],
  };
}

test("runs lists every cluster's runs with outcome, duration and counts", async () => {
  const [one, two] = [await record("demo"), await record("other", everyEvent.slice(0, 3))];
  const context = contextOf();
  expect(await list({}, context)).toBe(0);
  const [heading, ...rows] = context.printed;
  expect(heading).toMatch(/^ID +CLUSTER +COMMAND +STARTED \(UTC\) +OUTCOME +DURATION +STEPS$/);
  expect(rows.find((row) => row.startsWith(one.id))).toMatch(
    /demo +install +\d{4}-\d\d-\d\d [\d:]{8} +partial +24\.0 s +1 changed, 1 failed$/,
  );
  expect(rows.find((row) => row.startsWith(two.id))).toMatch(/other +install .* running/);
});

test("runs of one cluster, and of none", async () => {
  await record("demo");
  const context = contextOf();
  await list({ cluster: "other" }, context);
  expect(context.printed).toEqual([]);
  expect(context.informed).toEqual(['No runs of "other" yet.']);
});

test("show tells a run again, with the times it had", async () => {
  const { id, folder } = await record("demo");
  const context = contextOf();
  await show({ id, verbose: true }, context);
  const { events } = await readRun(join(folder, "journal.jsonl"));
  const times = events.map(({ at }) => at.toISOString().slice(11, 19));
  expect(context.printed[0]).toContain(`${times[0]} cluster warning[resources.memory] on w-1`);
  expect(context.printed).toContain(`${times[1]} cluster running 2 steps on 2 nodes`);
  expect(context.printed).toContainEqual(expect.stringContaining("| [preflight] Running"));
  expect(context.printed).toContainEqual(
    expect.stringContaining("cluster partial after 24.0 s: 1 changed, 1 failed; set aside: w-1"),
  );
  expect(context.informed[0]).toContain(`run ${id} of cluster demo: install`);
});

test("show without an id takes the newest run, and says when it has no end", async () => {
  await record("demo", everyEvent.slice(0, 2));
  const context = contextOf();
  await show({}, context);
  expect(context.informed).toContain("This run has no end: it still runs, or it was cut off.");
});

test("a mistyped id is answered with the nearest one", async () => {
  const { id } = await record("demo");
  await expect(show({ id: id.replace("Z", "z").slice(0, -1) }, contextOf())).rejects.toMatchObject({
    code: "usage",
    details: { nextSteps: [`did you mean ${id}?`, expect.any(String)] },
  });
});

test("a run can be named by how its name begins or ends, or as the latest", async () => {
  const first = await pastRun({ hour: 1, events: [events.begun, events.ended("ok")] });
  const second = await pastRun({ hour: 30, events: [events.begun, events.ended("failed")] });
  const shown = async (id: string) => {
    const context = contextOf();
    await show({ id }, context);
    return context.informed[0]?.split(" ")[1];
  };
  expect(await shown(first.slice(-4))).toBe(first);
  expect(await shown("20260102")).toBe(second);
  expect(await shown("latest")).toBe(second);
  await expect(show({ id: "2026" }, contextOf())).rejects.toMatchObject({
    code: "usage",
    message: `"2026" may be any of 2 runs: ${second} (demo), ${first} (demo).`,
  });
});
