import { healthy } from "./health.ts";
import { notDone, notIdle, type RunVerdict, verdictOf } from "./judge.ts";
import { onceDiskAllows, type ProgramEnd, runProgram } from "./program-run.ts";
import type { TestCluster } from "./test-cluster.ts";

/** What came of a case after its disturbance. */
export interface Recovery {
  readonly next: RunVerdict;
  readonly third?: RunVerdict;
  /** Milliseconds from the end of the next run until the cluster itself said it is well. */
  readonly healthyAfterMs?: number;
  /** What broke the promise; empty when it was kept. */
  readonly violations: readonly string[];
  readonly runs: readonly ProgramEnd[];
}

/** The promise: the next run comes to a healthy cluster, and the one after it finds nothing to do. */
export async function recovered(cluster: TestCluster): Promise<Recovery> {
  const { end: next } = await onceDiskAllows(async () => ({ end: await runProgram(cluster.install) }));
  const before = { next: verdictOf(next), runs: [next] };
  const wrong = notDone(next);
  if (wrong.length > 0) return { ...before, violations: wrong.map((text) => `next run: ${text}`) };
  let healthyAfterMs: number;
  try {
    healthyAfterMs = await healthy(cluster);
  } catch (thrown) {
    return { ...before, violations: [`after the next run: ${textOf(thrown)}`] };
  }
  const { end: third } = await onceDiskAllows(async () => ({ end: await runProgram(cluster.install) }));
  const violations = notIdle(third).map((text) => `third run: ${text}`);
  return { ...before, third: verdictOf(third), healthyAfterMs, violations, runs: [next, third] };
}

/** The same for a destroy: the next one leaves each node as it was found, and the one after it finds nothing to do. */
export async function destroyed(cluster: TestCluster): Promise<Recovery> {
  const next = await runProgram(cluster.destroy);
  const before = { next: verdictOf(next), runs: [next] };
  const wrong = notDone(next);
  if (wrong.length > 0) return { ...before, violations: wrong.map((text) => `next destroy: ${text}`) };
  const left = await cluster.changes();
  if (left.length > 0) return { ...before, violations: [`after destroy: ${left.slice(0, 20).join("; ")}`] };
  const third = await runProgram(cluster.destroy);
  const violations = notIdle(third).map((text) => `third destroy: ${text}`);
  return { ...before, third: verdictOf(third), violations, runs: [next, third] };
}

export const textOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown));
