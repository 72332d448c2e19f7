import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runAlone } from "../../../src/cli/run-alone.ts";
import type { RunEvent } from "../../../src/engine/events.ts";
import { defaultLimits } from "../../../src/engine/limits.ts";
import { everyEvent } from "../report/every-event.ts";
import { useOwnStateHome } from "../report/state-home.ts";
import { situation } from "../steps/situation.ts";

const stateHome = useOwnStateHome();

async function runAll() {
  const [emitted, informed]: [RunEvent[], string[]] = [[], []];
  const { signal } = new AbortController();
  const { spec } = situation({ "cp-1": {} }).context;
  await runAlone(
    {
      command: "install",
      session: { spec, nodes: [], machines: [], absent: [], close: async () => undefined },
      dryRun: true,
      breakLock: false,
      reporter: { emit: (event) => emitted.push(event), end: () => undefined },
      context: {
        ...{ signal, stop: signal, interactive: false, limits: defaultLimits },
        ...{ print: () => undefined, inform: (line) => informed.push(line) },
      },
    },
    async ({ reporter }) => {
      for (const event of everyEvent) reporter.emit(event);
    },
  );
  return { emitted, informed };
}

test("a run that is recorded whole says nothing about it", async () => {
  expect(await runAll()).toEqual({ emitted: everyEvent, informed: [] });
});

test("a record with gaps is told once when it happens and once more before the summary", async () => {
  await writeFile(join(stateHome(), "kube-installer"), "a file where the folder should be");
  const { emitted, informed } = await runAll();
  expect(informed).toHaveLength(1);
  const { message } = emitted.flatMap((event) => (event.type === "diagnostic" ? [event] : [])).at(-1) ?? {};
  expect(message).toMatch(/^The record of this run in \S+ is incomplete/);
  expect(emitted.at(-1)?.type).toBe("run-finished");
  expect(emitted).toHaveLength(everyEvent.length + 1);
});
