import { join } from "node:path";
import { toInstallerError } from "../../engine/errors.ts";
import { listRunIds } from "../../report/list-runs.ts";
import { type RecordedRun, readRun } from "../../report/read-run.ts";
import { runFiles, runsFolder } from "../../report/run-folder.ts";
import type { StepHistory } from "../../ui/run/time-left.ts";

/** How many of the newest runs are looked at. */
const runsLookedAt = 10;
/** How much the newer of two measurements counts. */
const weight = 0.5;

/** How long steps took that changed something, in milliseconds by step id: newer runs count more, the slowest node decides. */
export async function stepHistory(cluster: string): Promise<StepHistory> {
  const history = new Map<string, number>();
  const newest = (await listRunIds(cluster)).slice(0, runsLookedAt);
  for (const id of newest.toReversed()) {
    for (const [step, duration] of slowestChanges(await recorded(cluster, id))) {
      const before = history.get(step) ?? duration;
      history.set(step, before + weight * (duration - before));
    }
  }
  return history;
}

async function recorded(cluster: string, id: string): Promise<RecordedRun | undefined> {
  try {
    return await readRun(runFiles(join(runsFolder(cluster), id)).journal, (type) => type === "step-finished");
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
