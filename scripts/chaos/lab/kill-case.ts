import { keepEvidence } from "./evidence.ts";
import { verdictOf } from "./judge.ts";
import { type KillPoint, pointText } from "./kill-point.ts";
import type { ProgramEnd } from "./program-run.ts";
import { destroyed, type Recovery, recovered, textOf } from "./recovery.ts";
import type { CaseResult } from "./result.ts";
import { killAtFirst } from "./strike.ts";
import { freshCluster, type TestCluster } from "./test-cluster.ts";

export interface CasePlace {
  /** Name of the lab. */
  readonly lab: string;
  /** How many nodes it has. */
  readonly size: number;
  /** Folder for the evidence of broken promises. */
  readonly evidence: string;
  /** Ends with a destroy that must leave the nodes as they were found. */
  readonly thenDestroy: boolean;
}

/** Fresh nodes, an install (or a destroy) killed at the point, and what comes of it. */
export async function killCase(
  place: CasePlace,
  { id, kind, point }: { readonly id: string; readonly kind: "point" | "moment"; readonly point: KillPoint },
): Promise<CaseResult> {
  return onFreshCluster(place, { id, kind, at: pointText(point) }, async (cluster, runs) => {
    const undoing = point.command === "destroy";
    if (undoing) {
      const first = await recovered(cluster);
      runs.push(...first.runs);
      if (first.violations.length > 0) return { ...shown(first) };
    }
    const struck = await killAtFirst([point], undoing ? cluster.destroy : cluster.install);
    runs.push(struck.end);
    const hung = struck.end.hung ? ["it never ended"] : [];
    const recovery = undoing ? await destroyed(cluster) : await recovered(cluster);
    runs.push(...recovery.runs);
    const result = { ...shown(recovery), violations: [...hung, ...recovery.violations] };
    if (struck.struckAt === undefined) return { ...result, missed: true, disturbed: verdictOf(struck.end) };
    return { ...result, struckAt: struck.struckAt };
  });
}

/** The part of a recovery that goes into the results. */
export function shown({ runs: _runs, ...rest }: Recovery): Omit<Recovery, "runs"> {
  return rest;
}

type Outcome = Omit<CaseResult, "type" | "id" | "kind" | "at" | "durationMs">;

/** Makes the nodes for a case, keeps evidence when a promise is broken, and takes the nodes away. */
export async function onFreshCluster(
  { lab, size, evidence, thenDestroy }: CasePlace,
  { id, kind, at }: Pick<CaseResult, "id" | "kind" | "at">,
  act: (cluster: TestCluster, runs: ProgramEnd[]) => Promise<Outcome>,
): Promise<CaseResult> {
  const began = performance.now();
  const result = (outcome: Outcome): CaseResult => {
    const durationMs = Math.round(performance.now() - began);
    return { type: "case", id, kind, at, ...outcome, durationMs };
  };
  let cluster: TestCluster;
  try {
    cluster = await freshCluster(lab, size);
  } catch (thrown) {
    return result({ violations: [`there are no nodes to try it on: ${textOf(thrown)}`] });
  }
  const runs: ProgramEnd[] = [];
  try {
    let outcome = await act(cluster, runs).catch(
      (thrown: unknown): Outcome => ({ violations: [`the case itself broke: ${textOf(thrown)}`] }),
    );
    if (thenDestroy && outcome.violations.length === 0) {
      const undone = await destroyed(cluster);
      runs.push(...undone.runs);
      outcome = { ...outcome, destroyed: undone.next, violations: undone.violations };
    }
    const kept =
      outcome.violations.length === 0
        ? {}
        : { evidence: await keepEvidence(`${evidence}/${id.replaceAll(/[^\w.+-]/g, "_")}`, cluster, runs) };
    return result({ ...outcome, ...kept });
  } finally {
    await cluster.remove();
  }
}
