import { closeSync, fsyncSync, openSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { toInstallerError } from "../engine/errors.ts";
import { thisProcess } from "../engine/process-identity.ts";
import { makePrivateFolder } from "../engine/state-folder.ts";
import { openJournal } from "./journal.ts";
import { logFiles } from "./log-files.ts";
import { keptRuns, pruneRuns } from "./prune-runs.ts";
import type { Reporter } from "./reporter.ts";
import { newRunId, runFiles, runsFolder } from "./run-folder.ts";
import { cannotRecord, tolerance } from "./tolerance.ts";

export interface RunToRecord {
  readonly cluster: string;
  /** The command the operator gave, without its values: `install`, `install --dry-run`. */
  readonly command: string;
  readonly programVersion: string;
  /** `sha256:…` of the preset as it was read. */
  readonly presetDigest?: string;
  /** Where that was, as an absolute path. */
  readonly presetFile?: string;
  /** Tells the operator, once, when the record cannot be written. */
  readonly inform: (line: string) => void;
}

/** The record of a run on disk, as one more place its events go to. */
export interface RunRecord extends Reporter {
  readonly id: string;
  readonly folder: string;
  /** Whether everything could be written so far. */
  readonly isWhole: () => boolean;
}

/**
 * Begins the record of a run: journal and log files below the cluster's folder. When they cannot be made the run goes
 * on without them, since the truth is on the nodes.
 */
export async function recordRun(run: RunToRecord): Promise<RunRecord> {
  const started = new Date();
  const id = newRunId(started);
  const folder = join(runsFolder(run.cluster), id);
  const place = { id, folder };
  try {
    await makePrivateFolder(runsFolder(run.cluster));
    await makeRoom(run);
    await mkdir(folder, { mode: 0o700 });
    await mkdir(runFiles(folder).nodes, { mode: 0o700 });
    const { attempt, isWhole } = tolerance(folder, run.inform);
    attempt(() => syncFolder(runsFolder(run.cluster)));
    const header = {
      type: "journal",
      schema: "1.0",
      run: id,
      cluster: run.cluster,
      command: run.command,
      program: run.programVersion,
      ...(run.presetDigest === undefined ? {} : { presetDigest: run.presetDigest }),
      ...(run.presetFile === undefined ? {} : { presetFile: run.presetFile }),
      ...(await thisProcess()),
      started: started.toISOString(),
    } as const;
    const reporters = [openJournal(runFiles(folder).journal, header, attempt), logFiles(folder, attempt)];
    attempt(() => syncFolder(folder));
    return { ...place, isWhole, ...everyOne(reporters) };
  } catch (thrown) {
    run.inform(cannotRecord(folder, thrown));
    return { ...place, isWhole: () => false, ...everyOne([]) };
  }
}

/** Forces to the disk which files there are in a folder. */
function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

async function makeRoom({ cluster, inform }: RunToRecord): Promise<void> {
  try {
    await pruneRuns(cluster, keptRuns - 1);
  } catch (thrown) {
    inform(`warning: old records of ${cluster} cannot be taken away (${toInstallerError(thrown).message}).`);
  }
}

function everyOne(reporters: readonly Reporter[]): Reporter {
  return {
    emit: (event) => {
      for (const reporter of reporters) reporter.emit(event);
    },
    end: () => {
      for (const reporter of reporters) reporter.end();
    },
  };
}
