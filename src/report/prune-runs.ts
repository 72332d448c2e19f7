import { rm } from "node:fs/promises";
import { join } from "node:path";
import { beganToChange, listRunIds, runsFromNewest } from "./list-runs.ts";
import { outlineOnly } from "./read-run.ts";
import { runsFolder } from "./run-folder.ts";

/** How many runs of a cluster are kept. */
export const keptRuns = 50;

/**
 * Takes away the oldest records of a cluster. Beside the newest, those stay that still run, the last that changed
 * something, which tells where to go on, and the last of these that came through.
 */
export async function pruneRuns(cluster: string, keep: number): Promise<void> {
  const surplus = new Set((await listRunIds(cluster)).slice(keep));
  if (surplus.size === 0) return;
  let [changed, succeeded] = [false, false];
  for await (const overview of runsFromNewest(cluster, outlineOnly)) {
    const isLast = beganToChange(overview) && (!changed || (!succeeded && overview.outcome === "ok"));
    changed ||= isLast;
    succeeded ||= isLast && overview.outcome === "ok";
    if (isLast || overview.outcome === "running") surplus.delete(overview.id);
  }
  for (const id of surplus) await rm(join(runsFolder(cluster), id), { recursive: true, force: true });
}
