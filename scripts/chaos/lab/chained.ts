import { lastWords, verdictOf } from "./judge.ts";
import { type KillPoint, pointText } from "./kill-point.ts";
import type { ProgramEnd } from "./program-run.ts";
import { destroyed, recovered } from "./recovery.ts";
import type { CaseResult } from "./result.ts";
import { killAtFirst } from "./strike.ts";
import type { TestBed } from "./test-bed.ts";
import type { TestCluster } from "./test-cluster.ts";
import { shown, tryCase } from "./try-case.ts";

export interface Chain {
  readonly id: string;
  /** Where runs are killed, each point once; a run dies at the first it comes to. */
  readonly points: readonly KillPoint[];
}

/**
 * One set of nodes for many kills: each run goes on where the one before it was killed and is killed at the first point
 * no run was killed at yet; likewise destroys, once the cluster is there. Harsher than a kill alone, because the nodes
 * carry the traces of all; and weaker, because that the next run converges shows only after the last kill.
 * @param tell hears of each kill
 * @returns a result for each kill, then one for the promise
 */
export async function chainedKills(
  bed: TestBed,
  { id, points }: Chain,
  tell: (line: string) => void,
): Promise<readonly CaseResult[]> {
  const kills = new Map<string, CaseResult>();
  for (const at of points.map(pointText)) {
    const missed = { kind: "chained", at, missed: true, durationMs: 0, violations: [] } as const;
    kills.set(at, { type: "case", id: `${id}/${at}`, ...missed });
  }
  const last = await tryCase(
    bed,
    { id, kind: "after-chain", at: "the runs after all kills", needs: "bare", leaves: "bare" },
    async (cluster, runs) => {
      const strike = (command: KillPoint["command"]) =>
        killAtEach(cluster[command], {
          points: points.filter((point) => point.command === command),
          runs,
          struck: (at, { struckAt, durationMs }) => {
            kills.set(at, {
              type: "case",
              id: `${id}/${at}`,
              kind: "chained",
              at,
              struckAt,
              durationMs,
              violations: [],
            });
            tell(`killed at ${at} after ${(struckAt / 1000).toFixed(1)} s`);
          },
        });
      const disturbed = await strike("install");
      if (disturbed.length > 0) return { violations: disturbed };
      const recovery = await recovered(cluster);
      runs.push(...recovery.runs);
      if (recovery.violations.length > 0) return shown(recovery);
      const undoing = await strike("destroy");
      if (undoing.length > 0) return { ...shown(recovery), violations: undoing };
      const undone = await destroyed(cluster);
      runs.push(...undone.runs);
      return { ...shown(recovery), destroyed: undone.next, violations: undone.violations };
    },
  );
  return [...kills.values(), last];
}

interface Kills {
  readonly points: readonly KillPoint[];
  readonly runs: ProgramEnd[];
  readonly struck: (at: string, when: { readonly struckAt: number; readonly durationMs: number }) => void;
}

/** Kills run after run; ends with the first that is not killed, whose failure is a broken promise. */
async function killAtEach(args: TestCluster["install"], { points, runs, struck }: Kills): Promise<string[]> {
  for (let left = [...points]; left.length > 0; ) {
    const { end, point, struckAt } = await killAtFirst(left, args);
    runs.push(end);
    if (point === undefined || struckAt === undefined) {
      if (end.exitCode === 0) return [];
      const { errors = [] } = verdictOf(end);
      const how = end.hung ? "never ended" : `ended with ${end.exitCode ?? "a signal"}`;
      return [`a run between kills ${how} ${errors.join(", ")}: ${lastWords(end)}`];
    }
    left = left.filter((one) => one !== point);
    struck(pointText(point), { struckAt, durationMs: end.durationMs });
  }
  return [];
}
