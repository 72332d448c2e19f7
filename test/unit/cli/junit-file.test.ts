import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withJunitFile } from "../../../src/cli/junit-file.ts";
import type { RunEvent } from "../../../src/engine/events.ts";
import { checks } from "../../../src/steps/preflight/checks.ts";
import { everyEvent } from "../report/every-event.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "junit-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function emitAll(file: string | undefined) {
  const [emitted, informed]: [RunEvent[], string[]] = [[], []];
  const reporter = { emit: (event: RunEvent) => void emitted.push(event), end: () => undefined };
  const both = withJunitFile(reporter, { file, inform: (line) => informed.push(line) });
  for (const event of everyEvent) both.emit(event);
  return { emitted, informed };
}

test("the file gets the preflight of a run with every check, the events go on as they are", async () => {
  const file = join(folder, "preflight.xml");
  expect(emitAll(file)).toEqual({ emitted: everyEvent, informed: [] });
  const xml = await readFile(file, "utf8");
  expect(xml.match(/<testcase /g)).toHaveLength(2 * checks.length);
});

test("a file that cannot be written is told, and stops nothing", () => {
  const { emitted, informed } = emitAll(join(folder, "absent", "preflight.xml"));
  expect(emitted).toEqual(everyEvent);
  expect(informed).toEqual([expect.stringMatching(/^warning: the JUnit report cannot be written .*ENOENT/)]);
});
