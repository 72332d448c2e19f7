import { stat } from "node:fs/promises";
import { join } from "node:path";
import { toInstallerError } from "../../engine/errors.ts";
import { listClusters, listRunIds } from "../../report/list-runs.ts";
import { type RecordedRun, readRun } from "../../report/read-run.ts";
import { runFiles, runsFolder } from "../../report/run-folder.ts";
import type { StepHistory } from "../../ui/run/time-left.ts";

/** How many of the newest runs are looked at, of the cluster itself and of all others. */
const runsLookedAt = { own: 10, others: 5 };
/** Journals are read up to this many bytes in all, newest first: an estimate must not cost more than it tells. */
const bytesRead = 32 * 1024 * 1024;
/** How much the newer of two measurements counts. */
const weight = 0.5;

/**
 * How long steps took that changed something, in milliseconds by step id: newer runs count more, the slowest node
 * decides. What the cluster itself does not know is taken from other clusters installed from here.
 */
export async function stepHistory(cluster: string): Promise<StepHistory> {
  const budget = { bytes: bytesRead };
  const own = (await listRunIds(cluster)).slice(0, runsLookedAt.own).map((id) => journalOf(cluster, id));
  const measured = await measuredIn(own, budget);
  const foreign = await measuredIn(await newestOfOthers(cluster), budget);
  return new Map([...foreign, ...measured]);
}

async function newestOfOthers(cluster: string): Promise<string[]> {
  const others = (await listClusters()).filter((name) => name !== cluster);
  const runs = await Promise.all(
    others.map(async (name) => (await listRunIds(name)).slice(0, runsLookedAt.others).map((id) => ({ name, id }))),
  );
  return runs
    .flat()
    .sort((one, other) => (one.id < other.id ? 1 : -1))
    .slice(0, runsLookedAt.others)
    .map(({ name, id }) => journalOf(name, id));
}

/** From journals, the newest first. */
async function measuredIn(journals: readonly string[], budget: { bytes: number }): Promise<Map<string, number>> {
  const runs: ReadonlyMap<string, number>[] = [];
  for (const journal of journals) {
    budget.bytes -= await sizeOf(journal);
    if (budget.bytes < 0) break;
    runs.push(slowestChanges(await recorded(journal)));
  }
  const history = new Map<string, number>();
  for (const run of runs.toReversed()) {
    for (const [step, duration] of run) {
      const before = history.get(step) ?? duration;
      history.set(step, before + weight * (duration - before));
    }
  }
  return history;
}

function journalOf(cluster: string, id: string): string {
  return runFiles(join(runsFolder(cluster), id)).journal;
}

async function sizeOf(journal: string): Promise<number> {
  try {
    return (await stat(journal)).size;
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return 0;
    throw thrown;
  }
}

async function recorded(journal: string): Promise<RecordedRun | undefined> {
  try {
    return await readRun(journal, (type) => type === "step-finished");
  } catch (thrown) {
    if (toInstallerError(thrown).code === "journal-unreadable") return undefined;
    throw thrown;
  }
}

function slowestChanges(run: RecordedRun | undefined): ReadonlyMap<string, number> {
  const slowest = new Map<string, number>();
  for (const { event } of run?.events ?? []) {
    if (event.type !== "step-finished" || event.outcome !== "changed") continue;
    slowest.set(event.step, Math.max(event.durationMs, slowest.get(event.step) ?? 0));
  }
  return slowest;
}
