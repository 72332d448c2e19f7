import { access } from "node:fs/promises";
import { toInstallerError } from "../../engine/errors.ts";
import { countsInWords } from "../../report/event-lines.ts";
import { lookBack } from "../../report/interrupted-run.ts";
import { interruptedText } from "../../report/interrupted-text.ts";
import { beganToChange, listClusters, listRuns, type RunOverview } from "../../report/list-runs.ts";
import type { KnownCluster, KnownRun } from "../../ui/services.ts";
import { keptPresetFile } from "./kept-preset-file.ts";

/** The clusters something was done with from this machine. */
export async function knownClusters(): Promise<readonly KnownCluster[]> {
  return Promise.all((await listClusters()).map(knownCluster));
}

/** The runs of a cluster on record here, newest first. */
export async function knownRuns(cluster: string): Promise<readonly KnownRun[]> {
  return (await listRuns(cluster)).map(knownRun);
}

/** One whose records cannot be read is still known, and keeps no other from being listed. */
async function knownCluster(name: string): Promise<KnownCluster> {
  try {
    return await readCluster(name);
  } catch (thrown) {
    return { name, problem: `its records cannot be read: ${toInstallerError(thrown).message}` };
  }
}

async function readCluster(name: string): Promise<KnownCluster> {
  const runs = await listRuns(name);
  const last = runs.find(beganToChange);
  const presetFile = await firstThatExists([
    ...runs.flatMap(({ run }) => run?.header.presetFile ?? []),
    keptPresetFile(name),
  ]);
  const { interrupted } = await lookBack(name);
  return {
    ...{ name, runsOnRecord: runs.length },
    ...(presetFile === undefined ? {} : { presetFile }),
    ...(last === undefined ? {} : { lastRun: knownRun(last) }),
    ...(interrupted === undefined
      ? {}
      : { interrupted: interruptedText(interrupted, { presetChanged: false, nodesGone: [] }) }),
  };
}

function knownRun({ id, cluster, outcome, counts, durationMs, run }: RunOverview): KnownRun {
  return {
    ...{ id, cluster, outcome, steps: countsInWords(counts), command: run?.header.command ?? "" },
    ...(run === undefined ? {} : { started: new Date(run.header.started) }),
    ...(durationMs === undefined ? {} : { durationMs }),
  };
}

async function firstThatExists(paths: readonly string[]): Promise<string | undefined> {
  for (const path of new Set(paths)) {
    if (await exists(path)) return path;
  }
  return undefined;
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
