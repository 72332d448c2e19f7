import { verdictOf } from "./judge.ts";
import { type CasePlace, onFreshCluster, shown } from "./kill-case.ts";
import type { ProgramEnd } from "./program-run.ts";
import { destroyed, recovered } from "./recovery.ts";
import type { CaseResult } from "./result.ts";
import { killAtNext } from "./strike.ts";
import type { TestCluster } from "./test-cluster.ts";

export interface Chain {
  readonly id: string;
  /** Boundaries at which runs are killed, each once; a run dies at the first it comes to. */
  readonly boundaries: readonly string[];
  readonly command: "install" | "destroy";
}

/**
 * One pair of nodes for many kills: each run goes on where the one before it was killed and is killed at the first
 * boundary no run was killed at yet. Harsher than a kill alone, because a node carries the traces of all; and weaker,
 * because that the next run converges shows only at the end.
 * @param tell hears of each kill
 */
export async function chainedKills(
  place: CasePlace,
  { id, boundaries, command }: Chain,
  tell: (line: string) => void,
): Promise<readonly CaseResult[]> {
  const links: CaseResult[] = [];
  const left = new Set(boundaries);
  const last = await onFreshCluster(
    place,
    { id, kind: "chained", at: `${command}: the last run` },
    async (cluster, runs) => {
      if (command === "destroy") {
        const first = await recovered(cluster);
        runs.push(...first.runs);
        if (first.violations.length > 0) return shown(first);
      }
      const wrong = await killAtEach(cluster, {
        command,
        left,
        runs,
        link: (result) => {
          links.push({ type: "case", id: `${id}/${result.at}`, kind: "chained", violations: [], ...result });
          tell(`${command} killed at ${result.at} after ${(result.durationMs / 1000).toFixed(1)} s`);
        },
      });
      if (wrong.length > 0) return { violations: wrong };
      const recovery = command === "destroy" ? await destroyed(cluster) : await recovered(cluster);
      runs.push(...recovery.runs);
      return shown(recovery);
    },
  );
  const missed = [...left].map(
    (at): CaseResult => ({
      type: "case",
      id: `${id}/${at}`,
      kind: "chained",
      at,
      missed: true,
      durationMs: 0,
      violations: [],
    }),
  );
  return [...links, ...missed, last];
}

interface Links {
  readonly command: "install" | "destroy";
  readonly left: Set<string>;
  readonly runs: ProgramEnd[];
  readonly link: (result: Pick<CaseResult, "at" | "struckAt" | "durationMs">) => void;
}

/** Kills run after run; ends with the first that is not killed, whose failure is a broken promise. */
async function killAtEach(cluster: TestCluster, { command, left, runs, link }: Links): Promise<string[]> {
  while (left.size > 0) {
    const { end, boundary, struckAt } = await killAtNext(left, cluster[command]);
    runs.push(end);
    if (boundary === undefined || struckAt === undefined) {
      if (end.exitCode === 0) return [];
      const { errors = [] } = verdictOf(end);
      return [
        `a run between kills ended with ${end.exitCode ?? "a signal"} ${errors.join(", ")}: ${end.stderr.slice(-900)}`,
      ];
    }
    link({ at: boundary, struckAt, durationMs: end.durationMs });
  }
  return [];
}
