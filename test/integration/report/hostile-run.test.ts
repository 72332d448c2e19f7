import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ndjsonLineSchema } from "../../../src/report/event-schema.ts";
import { plainLines } from "../../../src/report/plain-lines.ts";
import { readRun } from "../../../src/report/read-run.ts";
import { type SshServer, startSshServer } from "../ssh/ssh-server.ts";

const folder = mkdtempSync(join(tmpdir(), "hostile-run-"));
const program = resolve("node_modules/.hostile-run/run.mjs");
const preset = join(folder, "preset.yaml");
let server: SshServer;
/** Memory of a run whose command prints nothing, in MiB. */
let quiet = 0;

beforeAll(async () => {
  server = await startSshServer();
  const entry = resolve("test/integration/report/hostile-run.ts");
  await build({
    entryPoints: [entry],
    outfile: program,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
  });
  writeFileSync(
    preset,
    `apiVersion: kube-installer/v1
kind: Cluster
metadata: { name: hostile }
spec:
  topology:
    static:
      ssh: { user: root, port: ${server.port}, keyFile: ${server.clientKey}, hostKeys: accept-new }
      nodes: [{ name: cp-1, address: 10.0.0.1, roles: [control-plane] }]
`,
  );
  quiet = (await hostileRun("true")).memory;
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface HostileRun {
  /** Everything the run said in each form. */
  readonly plain: string;
  readonly github: string;
  readonly summary: string;
  readonly ndjson: string;
  /** The folder of its record. */
  readonly record: string;
  /** The most memory the process had, in MiB. */
  readonly memory: number;
}

async function hostileRun(script: string): Promise<HostileRun> {
  const outputs = mkdtempSync(join(folder, "run-"));
  const env = { PATH: process.env.PATH, HOME: outputs, XDG_STATE_HOME: outputs };
  const { stdout } = await promisify(execFile)(process.execPath, [program, preset, outputs, script], { env });
  const runs = join(outputs, "kube-installer/clusters/hostile/runs");
  const [run = ""] = readdirSync(runs);
  const read = (name: string) => readFileSync(join(outputs, name), "utf8");
  return {
    ...{ plain: read("plain"), github: read("github"), summary: read("summary"), ndjson: read("ndjson") },
    record: join(runs, run),
    memory: Number(stdout) / 1024,
  };
}

/** Everything but line ends and tabs that a terminal would act on. */
const acting = /[^\P{Cc}\n\t]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const ownCommands = /^::(?:(?:error|warning) title=[^:,\n]*::|group::|endgroup::$)/;

/** Text a terminal may meet, of a size a disk has room for. */
function expectHarmless(text: string): void {
  expect(acting.exec(text)?.[0]).toBeUndefined();
  expect(text.length).toBeLessThan(8 * 1024 * 1024);
}

/** Text a runner of GitHub Actions reads: no command in it but the program's own. */
function expectNoForeignCommands(text: string): void {
  const commands = text.split("\n").filter((line) => /^\s*::|##\[/.test(line));
  expect(commands.filter((line) => !ownCommands.test(line))).toEqual([]);
}

async function expectSoundRecord(record: string): Promise<void> {
  const files = [
    join(record, "run.log"),
    ...readdirSync(join(record, "nodes")).map((name) => join(record, "nodes", name)),
  ];
  for (const file of files) expectHarmless(readFileSync(file, "utf8"));
  const journal = join(record, "journal.jsonl");
  expect(acting.exec(readFileSync(journal, "utf8"))?.[0]).toBeUndefined();
  expect(statSync(journal).size).toBeLessThan(8 * 1024 * 1024);
  const run = await readRun(journal);
  expect(run.lost).toBe(0);
  expect(run.summary).toBeDefined();
}

const nasty = [
  "\\033[2J\\033[H", // clears the screen
  "\\033]0;owned\\a", // names the window
  "\\033]8;;http://evil\\033\\\\click\\033]8;;\\033\\\\", // a link
  "\\033P+q544e\\033\\\\", // asks the terminal
  "\\033[?1049h\\033[5i", // another screen, the printer
  "\\302\\233 2J \\302\\235 0;t\\302\\234", // the same in one byte, as UTF-8
  "\\233 2J", // and as no UTF-8
  "good line\\rbad line",
  "back\\b\\b\\b\\bspace",
  "\\342\\200\\256 turned \\342\\200\\250 line",
  "\\0\\0\\377\\376\\300\\200",
  "::error::x\\n  ::stop-commands::y\\n##[set-env name=PATH]/evil\\n a ##[command]b",
  '{\\"type\\":\\"summary\\",\\"outcome\\":\\"ok\\"}',
].join("\\n");

const printed: readonly [string, string][] = [
  [
    "sequences, controls, commands of a runner and bytes that are no text",
    `printf '${nasty}\\n'; printf '${nasty}' >&2; exit 7`,
  ],
  ["100 MB without a line end", "head -c 100000000 /dev/zero | tr '\\0' x"],
  ["100 MB without a line end, and a failure", "head -c 100000000 /dev/zero | tr '\\0' x >&2; exit 1"],
  ["50 MB of NUL bytes", "head -c 50000000 /dev/zero"],
  ["20 MB of random bytes", "head -c 20000000 /dev/urandom"],
  ["20 MB of carriage returns", "yes | tr '\\n' '\\r' | head -c 20000000"],
  ["empty lines without end", "yes ''"],
];

describe("a run whose node prints", () => {
  test.each(printed)("%s", { timeout: 600_000 }, async (_what, script) => {
    const { plain, github, summary, ndjson, record, memory } = await hostileRun(script);
    for (const text of [plain, github, summary, ndjson]) expectHarmless(text);
    expect(plain).toMatch(/FAILED {2}Print/);
    expectNoForeignCommands(github);
    const lines = ndjson.trimEnd().split("\n");
    for (const line of lines) ndjsonLineSchema.parse(JSON.parse(line));
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ type: "summary", outcome: "failed" });
    await expectSoundRecord(record);
    expect(memory - quiet).toBeLessThan(150);
  });
});

test("a journal made by another hand is told without what a terminal would act on", async () => {
  const { record } = await hostileRun("echo good");
  const journal = join(record, "journal.jsonl");
  const text = readFileSync(journal, "utf8").replace(
    '"line":"good"',
    '"line":"\\u001b[2J\\u001b]0;x\\u0007bad\\u202e"',
  );
  expect(text).toContain("\\u001b[2J");
  writeFileSync(journal, text);
  const lines: string[] = [];
  const reporter = plainLines({ write: (line) => lines.push(line), verbose: true, heartbeat: 0 });
  for (const { event } of (await readRun(journal)).events) reporter.emit(event);
  reporter.end();
  expect(lines.join("\n")).toContain("| bad");
  expectHarmless(lines.join("\n"));
});
