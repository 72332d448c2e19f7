import { listClusters, listRuns } from "../../report/list-runs.ts";
import { runTable } from "../../report/run-table.ts";
import type { CommandContext } from "../command-context.ts";

/** `kube-installer runs`: the runs of one or all clusters that were made from this machine, newest first. */
export async function run({ cluster }: { cluster?: string }, { print, inform }: CommandContext): Promise<number> {
  const clusters = cluster === undefined ? await listClusters() : [cluster];
  const runs = (await Promise.all(clusters.map(listRuns))).flat();
  runs.sort((left, right) => right.id.localeCompare(left.id));
  if (runs.length === 0) inform(cluster === undefined ? "No runs yet." : `No runs of "${cluster}" yet.`);
  else for (const line of runTable(runs)) print(line);
  return 0;
}
