import { execFileSync } from "node:child_process";
import { appendFile, readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunEvent } from "../../../src/engine/events.ts";
import { Secret } from "../../../src/engine/secret.ts";
import { readRun } from "../../../src/report/read-run.ts";
import { type RunRecord, recordRun } from "../../../src/report/record-run.ts";
import { everyEvent } from "./every-event.ts";
import { useOwnStateHome } from "./state-home.ts";

const stateHome = useOwnStateHome();

async function record(events: Iterable<RunEvent>, informed: string[] = []): Promise<RunRecord & { journal: string }> {
  const run = await recordRun({
    cluster: "demo",
    command: "install",
    programVersion: "1.2.3",
    presetDigest: "sha256:abc",
    inform: (line) => informed.push(line),
  });
  for (const event of events) run.emit(event);
  run.end();
  return { ...run, journal: join(run.folder, "journal.jsonl") };
}

test("a journal gives back every event, and says which run it is of", async () => {
  const { id, folder, journal, isWhole } = await record(everyEvent);
  const run = await readRun(journal);
  expect(folder).toBe(join(stateHome(), "kube-installer/clusters/demo/runs", id));
  expect(id).toMatch(/^\d{8}T\d{6}Z-[0-9a-f]{4}$/);
  expect(run.header).toMatchObject({
    run: id,
    cluster: "demo",
    command: "install",
    program: "1.2.3",
    pid: process.pid,
  });
  expect(run.header).toMatchObject({ schema: "1.0", presetDigest: "sha256:abc" });
  expect(run.events.map(({ event }) => event)).toEqual(everyEvent);
  expect(run.summary?.outcome).toBe("partial");
  expect(run.lost).toBe(0);
  expect(isWhole()).toBe(true);
});

test("only the operator can read what a run leaves behind", async () => {
  const { folder } = await record(everyEvent);
  const paths = ["", "journal.jsonl", "run.log", "nodes", "nodes/w-1.log"].map((path) => join(folder, path));
  const modes = await Promise.all(paths.map(async (path) => ((await stat(path)).mode & 0o777).toString(8)));
  expect(modes).toEqual(["700", "600", "600", "700", "600"]);
});

test("each node has a log of its own beside the log of the run", async () => {
  const { folder } = await record(everyEvent);
  const withoutTime = async (path: string) =>
    (await readFile(join(folder, path), "utf8")).replaceAll(/^\d{4}-\d\d-\d\dT[\d:.]+Z /gm, "");
  const log = await withoutTime("run.log");
  expect(log).toContain("cluster done    Start the control plane: the API answers (21.3 s)\n");
  expect(log).toContain("w-1         | [preflight] Running pre-flight checks\n");
  const nodeLog = await withoutTime("nodes/w-1.log");
  expect(nodeLog).toMatch(/^start {3}Join the cluster\n {8}\| \[preflight\] Running/);
  expect(nodeLog).toContain("likely:  The API server is not reachable from w-1.");
  expect(nodeLog).not.toContain("control plane");
});

test("a secret reaches no file", async () => {
  const password = new Secret('hunter2 "with quotes"');
  const leak = `typed ${password.reveal()}`;
  const { folder } = await record([
    { type: "step-output", step: "os.packages", title: "Install packages", node: "w-1", line: leak },
    { type: "node-set-aside", node: "w-1", error: { code: "command-failed", message: leak, output: leak } },
  ]);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const text = await readFile(join(entry.parentPath, entry.name), "utf8");
    expect(text).toContain("typed [secret]");
    expect(text).not.toContain("hunter2");
  }
});

test("what was emitted is in the journal at once, so that killing the process loses nothing", async () => {
  const run = await recordRun({
    cluster: "demo",
    command: "install",
    programVersion: "1.2.3",
    inform: () => undefined,
  });
  for (const [index, event] of everyEvent.entries()) {
    run.emit(event);
    expect((await readRun(join(run.folder, "journal.jsonl"))).events).toHaveLength(index + 1);
  }
  run.end();
});

test("a last line cut off by a crash is left out, the rest is read", async () => {
  const { journal } = await record(everyEvent);
  await truncate(journal, (await stat(journal)).size - 20);
  const run = await readRun(journal);
  expect(run.events).toHaveLength(everyEvent.length - 1);
  expect(run.summary).toBeUndefined();
  expect(run.lost).toBe(0);
});

test("a line that was damaged counts as lost", async () => {
  const { journal } = await record(everyEvent.slice(0, 2));
  await appendFile(journal, '{"ts":"20\n{"type":"no such event"}\n');
  expect(await readRun(journal)).toMatchObject({ lost: 2, events: [{}, {}] });
});

test.each([
  ["nothing", ""],
  ["half a header", '{"type":"journal","schema":"1.0"'],
  ["another format", '{"type":"journal","schema":"2.0"}\n'],
])("a journal with %s cannot be read, and says so", async (_what, content) => {
  const { journal } = await record([]);
  await writeFile(journal, content);
  await expect(readRun(journal)).rejects.toMatchObject({ code: "journal-unreadable" });
});

test("a run outlives a full disk: it says so once, and its journal goes on when there is room again", async () => {
  const informed: string[] = [];
  const line = { type: "diagnostic", level: "info", message: "x".repeat(500) } as const;
  const { journal, isWhole } = await record(
    (function* () {
      yield line;
      limitFileSize(1500);
      for (let count = 0; count < 10; count++) yield line;
      limitFileSize("unlimited");
      yield line;
    })(),
    informed,
  ).finally(() => limitFileSize("unlimited"));
  expect(informed).toEqual([
    expect.stringMatching(/^warning: the record of this run in \S+ cannot be written \(EFBIG/),
  ]);
  expect(isWhole()).toBe(false);
  const run = await readRun(journal);
  expect(run.events.length).toBeLessThan(5);
  expect(run.events.length + run.lost).toBe(12);
  expect(run.events.at(-1)?.event).toEqual(line);
});

test("a run goes on without a record when there is no place for it", async () => {
  await writeFile(join(stateHome(), "kube-installer"), "a file where the folder should be");
  const informed: string[] = [];
  expect((await record(everyEvent, informed)).isWhole()).toBe(false);
  expect(informed).toEqual([expect.stringContaining("the run goes on")]);
});

/** Lets writes of this process beyond a size fail halfway, as they do on a full disk. */
function limitFileSize(bytes: number | "unlimited"): void {
  execFileSync("prlimit", ["--pid", String(process.pid), `--fsize=${bytes}:unlimited`]);
}
