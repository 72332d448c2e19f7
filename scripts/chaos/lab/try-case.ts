import { keepEvidence } from "./evidence.ts";
import type { ProgramEnd } from "./program-run.ts";
import { type Recovery, textOf } from "./recovery.ts";
import type { CaseResult } from "./result.ts";
import type { NodesState, TestBed } from "./test-bed.ts";
import type { TestCluster } from "./test-cluster.ts";

/** What a case is, and what it needs on the nodes and leaves there when the promise is kept. */
export interface CaseFrame extends Pick<CaseResult, "id" | "kind" | "at"> {
  readonly needs: NodesState;
  readonly leaves: NodesState;
}

type Outcome = Omit<CaseResult, "type" | "id" | "kind" | "at" | "durationMs">;

/** Gets the nodes ready for a case, tries it, and keeps evidence when a promise is broken. */
export async function tryCase(
  bed: TestBed,
  { id, kind, at, needs, leaves }: CaseFrame,
  act: (cluster: TestCluster, runs: ProgramEnd[]) => Promise<Outcome>,
): Promise<CaseResult> {
  const began = performance.now();
  const runs: ProgramEnd[] = [];
  let cluster: TestCluster | undefined;
  let outcome: Outcome;
  try {
    const before = await bed.prepare(needs);
    cluster = before.cluster;
    runs.push(...before.runs);
    outcome = before.violations.length > 0 ? { violations: before.violations } : await act(cluster, runs);
  } catch (thrown) {
    outcome = { violations: [`the case itself broke: ${textOf(thrown)}`] };
  }
  const kept = outcome.violations.length === 0;
  const evidence =
    kept || cluster === undefined
      ? {}
      : { evidence: await keepEvidence(`${bed.evidence}/${id.replaceAll(/[^\w.+-]/g, "_")}`, cluster, runs) };
  await bed.leave(kept ? leaves : undefined);
  return { type: "case", id, kind, at, ...outcome, ...evidence, durationMs: Math.round(performance.now() - began) };
}

/** The part of a recovery that goes into the results. */
export function shown({ runs: _runs, ...rest }: Recovery): Omit<Recovery, "runs"> {
  return rest;
}
