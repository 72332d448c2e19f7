import { join } from "node:path";
import { plainLines } from "../report/plain-lines.ts";
import { readRun } from "../report/read-run.ts";
import { runFiles, runsFolder } from "../report/run-folder.ts";
import type { CommandContext } from "./command-context.ts";

/** Which run is told again. */
export interface ReplayedRun {
  readonly cluster: string;
  readonly id: string;
  /** Also what the commands on the nodes printed. */
  readonly verbose?: boolean;
}

/**
 * Tells a run again from its journal, with the times it had.
 * @throws InstallerError `journal-unreadable`
 */
export async function replayRun(
  { cluster, id, verbose = false }: ReplayedRun,
  { print, inform }: Pick<CommandContext, "print" | "inform">,
): Promise<void> {
  const folder = join(runsFolder(cluster), id);
  const { header, events, summary, lost } = await readRun(runFiles(folder).journal);
  inform(
    `run ${id} of cluster ${cluster}: ${header.command}, started ${header.started} by ${header.host} (pid ${header.pid})`,
  );
  let time = new Date(header.started);
  const reporter = plainLines({ write: print, verbose, clock: () => time, heartbeat: 0 });
  for (const { at, event } of events) {
    time = at;
    reporter.emit(event);
  }
  reporter.end();
  if (lost > 0) inform(`${lost} events of this run could not be recorded.`);
  if (summary === undefined) inform("This run has no end: it still runs, or it was cut off.");
  inform(`logs: ${runFiles(folder).log} and, node by node, ${runFiles(folder).nodes}`);
}
