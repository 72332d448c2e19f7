import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunEvent, RunSummary } from "../../../src/engine/events.ts";
import { thisProcess } from "../../../src/engine/process-identity.ts";
import { newRunId, runFiles, runsFolder } from "../../../src/report/run-folder.ts";

/** What a run of the past left behind. */
export interface PastRun {
  readonly cluster?: string;
  readonly command?: string;
  /** Hours since 2026-01-01 00:00 UTC. */
  readonly hour: number;
  readonly events?: readonly RunEvent[];
  /** Fields of its header that differ from those of a run of this machine whose process is gone. */
  readonly header?: object;
  /** Stands at the end of the journal, as a crash leaves it. */
  readonly torn?: string;
}

/** Writes the record of a run as it would have been left and returns its name. */
export async function pastRun({ cluster = "demo", command = "install", hour, ...rest }: PastRun): Promise<string> {
  const started = new Date(Date.UTC(2026, 0, 1, hour));
  const id = newRunId(started);
  const folder = join(runsFolder(cluster), id);
  await mkdir(folder, { recursive: true });
  const gone = { ...(await thisProcess()), startTicks: "1" };
  const header = { type: "journal", schema: "1.0", run: id, cluster, command, program: "1.2.3", started, ...gone };
  const timed = (rest.events ?? []).map((event, index) => ({
    ts: new Date(started.getTime() + (index + 1) * 1000).toISOString(),
    ...event,
  }));
  const lines = [{ ...header, ...rest.header }, ...timed].map((line) => `${JSON.stringify(line)}\n`);
  await writeFile(runFiles(folder).journal, lines.join("") + (rest.torn ?? ""));
  return id;
}

/** The events of a run, as short as they can be. */
export const events = {
  begun: { type: "run-started", steps: 3, nodes: ["cp-1", "w-1"], dryRun: false },
  begunDry: { type: "run-started", steps: 3, nodes: ["cp-1", "w-1"], dryRun: true },
  started: (step: string, node?: string): RunEvent => ({ type: "step-started", ...placeOf(step, node) }),
  finished: (step: string, node?: string, outcome: "changed" | "failed" = "changed"): RunEvent => ({
    ...{ type: "step-finished", outcome, message: "", durationMs: 1 },
    ...placeOf(step, node),
  }),
  ended: (outcome: RunSummary["outcome"]): RunEvent => ({
    ...{ type: "run-finished", outcome, durationMs: 1, setAside: [], criticalPath: [] },
    counts: { satisfied: 0, changed: 1, "would-change": 0, failed: 0, skipped: 0 },
  }),
} as const;

function placeOf(step: string, node: string | undefined) {
  return { step, title: `Do ${step}`, ...(node === undefined ? {} : { node }) };
}
