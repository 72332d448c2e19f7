import { verdictOf } from "./judge.ts";
import { type KillPoint, pointText } from "./kill-point.ts";
import { destroyed, recovered } from "./recovery.ts";
import type { CaseResult } from "./result.ts";
import { killAtFirst } from "./strike.ts";
import type { NodesState, TestBed } from "./test-bed.ts";
import { shown, tryCase } from "./try-case.ts";

/** An install of bare nodes, or a destroy of a healthy cluster, killed at the point, and what comes of it. */
export async function killCase(
  bed: TestBed,
  { id, kind, point }: { readonly id: string; readonly kind: "point" | "moment"; readonly point: KillPoint },
): Promise<CaseResult> {
  const undoing = point.command === "destroy";
  const leaves = undoing ? "bare" : "installed";
  return tryCase(bed, { id, kind, at: pointText(point), needs: neededFor(point), leaves }, async (cluster, runs) => {
    const struck = await killAtFirst([point], cluster[point.command]);
    runs.push(struck.end);
    const hung = struck.end.hung ? ["it never ended"] : [];
    const recovery = undoing ? await destroyed(cluster) : await recovered(cluster);
    runs.push(...recovery.runs);
    const result = { ...shown(recovery), violations: [...hung, ...recovery.violations] };
    if (struck.struckAt === undefined) return { ...result, missed: true, disturbed: verdictOf(struck.end) };
    return { ...result, struckAt: struck.struckAt };
  });
}

/** What must be on the nodes for a run that is to be killed at the point. */
export function neededFor({ command }: KillPoint): NodesState {
  return command === "destroy" ? "installed" : "bare";
}
