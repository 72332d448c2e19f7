import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { toInstallerError } from "../engine/errors.ts";
import type { RunSummary, StepOutcome } from "../engine/events.ts";
import { stateOfProcess } from "../engine/process-identity.ts";
import { isClusterName } from "../engine/state-folder.ts";
import { type RecordedRun, readRun, type Wanted, withoutOutput } from "./read-run.ts";
import { clustersFolder, isRunId, runFiles, runsFolder } from "./run-folder.ts";

/** One line of the list of runs. */
export interface RunOverview {
  readonly id: string;
  readonly cluster: string;
  readonly folder: string;
  /** `broken off`: its process ended without a summary; `unfinished`: no summary, and its process is not of this machine. */
  readonly outcome: RunSummary["outcome"] | "running" | "broken off" | "unfinished" | "unreadable";
  /** What the journal says; absent when it cannot be read. */
  readonly run?: RecordedRun;
  readonly counts: Readonly<Partial<Record<StepOutcome, number>>>;
  /** Up to its summary or, without one, its last event. */
  readonly durationMs?: number;
}

/** The names of the clusters something is known of here. */
export async function listClusters(): Promise<string[]> {
  return (await namesIn(clustersFolder(), "folders")).filter(isClusterName).sort();
}

/** The names of a cluster's runs, newest first. */
export async function listRunIds(cluster: string): Promise<string[]> {
  return (await namesIn(runsFolder(cluster))).filter(isRunId).sort().reverse();
}

/** What there is to say about each run of a cluster, newest first. */
export async function listRuns(cluster: string): Promise<RunOverview[]> {
  const overviews: RunOverview[] = [];
  for await (const overview of runsFromNewest(cluster)) overviews.push(overview);
  return overviews;
}

/** The same one by one, each read when it is asked for. */
export async function* runsFromNewest(cluster: string, wanted: Wanted = withoutOutput): AsyncGenerator<RunOverview> {
  for (const id of await listRunIds(cluster)) yield await overviewOf(cluster, id, wanted);
}

/** Whether a run got as far as changing something; one that did not left everything as it was. */
export function beganToChange({ run }: RunOverview): boolean {
  return run?.events.some(({ event }) => event.type === "run-started" && !event.dryRun) === true;
}

async function overviewOf(cluster: string, id: string, wanted: Wanted): Promise<RunOverview> {
  const place = { id, cluster, folder: join(runsFolder(cluster), id) };
  try {
    const run = await readRun(runFiles(place.folder).journal, wanted);
    return { ...place, run, outcome: await outcomeOf(run), counts: countsOf(run), durationMs: durationOf(run) };
  } catch (thrown) {
    if (toInstallerError(thrown).code !== "journal-unreadable") throw thrown;
    return { ...place, outcome: "unreadable", counts: {} };
  }
}

async function outcomeOf({ header, summary }: RecordedRun): Promise<RunOverview["outcome"]> {
  if (summary !== undefined) return summary.outcome;
  return ({ running: "running", gone: "broken off", unknown: "unfinished" } as const)[await stateOfProcess(header)];
}

function countsOf({ summary, events }: RecordedRun): RunOverview["counts"] {
  if (summary !== undefined) return summary.counts;
  const counts: Partial<Record<StepOutcome, number>> = {};
  for (const { event } of events) {
    if (event.type === "step-finished") counts[event.outcome] = (counts[event.outcome] ?? 0) + 1;
  }
  return counts;
}

function durationOf({ header, summary, events }: RecordedRun): number {
  if (summary !== undefined) return summary.durationMs;
  const started = new Date(header.started).getTime();
  return Math.max(0, (events.at(-1)?.at.getTime() ?? started) - started);
}

async function namesIn(folder: string, what?: "folders"): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => what === undefined || !entry.isFile()).map(({ name }) => name);
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return [];
    throw thrown;
  }
}
