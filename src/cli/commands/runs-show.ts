import { join } from "node:path";
import { InstallerError } from "../../engine/errors.ts";
import { nearest } from "../../preset/nearest.ts";
import { listClusters, listRunIds } from "../../report/list-runs.ts";
import { plainLines } from "../../report/plain-lines.ts";
import { readRun } from "../../report/read-run.ts";
import { runFiles, runsFolder } from "../../report/run-folder.ts";
import type { CommandContext } from "../command-context.ts";

export interface ShowOptions {
  readonly id?: string;
  readonly cluster?: string;
  readonly verbose?: boolean;
}

/** `kube-installer runs show ID`: what a run said, with the times it said it; the newest run unless told. */
export async function run(options: ShowOptions, { print, inform }: CommandContext): Promise<number> {
  const { cluster, id } = await find(options);
  const folder = join(runsFolder(cluster), id);
  const { header, events, summary, lost } = await readRun(runFiles(folder).journal);
  inform(
    `run ${id} of cluster ${cluster}: ${header.command}, started ${header.started} by ${header.host} (pid ${header.pid})`,
  );
  let time = new Date(header.started);
  const reporter = plainLines({ write: print, verbose: options.verbose === true, clock: () => time, heartbeat: 0 });
  for (const { at, event } of events) {
    time = at;
    reporter.emit(event);
  }
  reporter.end();
  if (lost > 0) inform(`${lost} events of this run could not be recorded.`);
  if (summary === undefined) inform("This run has no end: it still runs, or it was cut off.");
  inform(`logs: ${runFiles(folder).log} and, node by node, ${runFiles(folder).nodes}`);
  return 0;
}

interface Found {
  readonly cluster: string;
  readonly id: string;
}

async function find({ id, cluster }: ShowOptions): Promise<Found> {
  const clusters = cluster === undefined ? await listClusters() : [cluster];
  const idsOf = async (name: string) => (await listRunIds(name)).map((found): Found => ({ cluster: name, id: found }));
  const all = (await Promise.all(clusters.map(idsOf))).flat();
  const newest = all.reduce<Found | undefined>(
    (best, run) => (best === undefined || run.id > best.id ? run : best),
    undefined,
  );
  const found = id === undefined ? newest : all.find((run) => run.id === id);
  if (found !== undefined) return found;
  const near =
    id === undefined
      ? undefined
      : nearest(
          id,
          all.map((run) => run.id),
        );
  throw new InstallerError("usage", {
    message: id === undefined ? "There are no runs yet." : `There is no run "${id}".`,
    nextSteps: [...(near === undefined ? [] : [`did you mean ${near}?`]), "list the runs with `kube-installer runs`"],
  });
}
