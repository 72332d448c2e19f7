import { InstallerError } from "../engine/errors.ts";
import { nearest } from "../preset/nearest.ts";
import { listClusters, listRunIds } from "../report/list-runs.ts";

/** A run and the cluster it belongs to. */
export interface FoundRun {
  readonly cluster: string;
  readonly id: string;
}

/** Runs named when several are meant. */
const mostNamed = 5;

/**
 * The run an operator means: the newest without a name or by `latest`, otherwise the one with that name, or the only
 * one whose name begins or ends so.
 * @param cluster look only among the runs of this one
 * @throws InstallerError `usage` when it is none or more than one
 */
export async function findRun(named: string | undefined, cluster: string | undefined): Promise<FoundRun> {
  const clusters = cluster === undefined ? await listClusters() : [cluster];
  const runsOf = async (name: string) => (await listRunIds(name)).map((id): FoundRun => ({ cluster: name, id }));
  const all = (await Promise.all(clusters.map(runsOf))).flat().sort((one, other) => other.id.localeCompare(one.id));
  const meant = named === undefined || named === "latest" ? all.slice(0, 1) : matching(all, named);
  const [found, second] = meant;
  if (found !== undefined && second === undefined) return found;
  if (found !== undefined) throw unclear(`"${named}" may be any of ${meant.length} runs`, meant);
  if (all.length === 0) throw noRun(cluster === undefined ? "There are no runs yet." : `No runs of "${cluster}" yet.`);
  const ids = all.map(({ id }) => id);
  throw noRun(`There is no run "${named}".`, nearest(named ?? "", ids));
}

function matching(runs: readonly FoundRun[], named: string): readonly FoundRun[] {
  const exact = runs.filter(({ id }) => id === named);
  return exact.length > 0 ? exact : runs.filter(({ id }) => id.startsWith(named) || id.endsWith(`-${named}`));
}

function unclear(message: string, meant: readonly FoundRun[]): InstallerError {
  const ids = meant.slice(0, mostNamed).map(({ id, cluster }) => `${id} (${cluster})`);
  const more = meant.length > mostNamed ? ` and ${meant.length - mostNamed} more` : "";
  return noRun(`${message}: ${ids.join(", ")}${more}.`);
}

function noRun(message: string, near?: string): InstallerError {
  return new InstallerError("usage", {
    message,
    nextSteps: [...(near === undefined ? [] : [`did you mean ${near}?`]), "list the runs with `kube-installer runs`"],
  });
}
