import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { stepHistory } from "../../../../src/cli/screen/step-history.ts";
import type { StepOutcome } from "../../../../src/engine/events.ts";
import { recordRun } from "../../../../src/report/record-run.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "history-"));
  vi.stubEnv("XDG_STATE_HOME", folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

type Took = readonly [step: string, durationMs: number, outcome?: StepOutcome];

async function ran(cluster: string, ...steps: readonly Took[]): Promise<void> {
  const record = await recordRun({ cluster, command: "install", programVersion: "0.0.0", inform: () => undefined });
  for (const [step, durationMs, outcome = "changed"] of steps) {
    record.emit({ type: "step-finished", step, title: step, node: "w-1", outcome, message: "", durationMs });
  }
  record.end();
}

describe("how long steps used to take", () => {
  test("is what the slowest node took, and only where something was changed", async () => {
    await ran("demo", ["a", 1000], ["a", 3000], ["b", 5, "satisfied"]);
    expect(await stepHistory("demo")).toEqual(new Map([["a", 3000]]));
  });

  test("is taken from other clusters where the cluster itself knows nothing", async () => {
    await ran("other", ["a", 9000], ["c", 2000]);
    await ran("demo", ["a", 1000]);
    expect(await stepHistory("demo")).toEqual(
      new Map([
        ["a", 1000],
        ["c", 2000],
      ]),
    );
  });

  test("is nothing where nothing was ever done", async () => {
    expect(await stepHistory("demo")).toEqual(new Map());
  });
});
