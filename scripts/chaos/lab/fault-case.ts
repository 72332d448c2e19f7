import { setTimeout as delay } from "node:timers/promises";
import type { LabFault } from "./faults.ts";
import { healthy } from "./health.ts";
import { notClear, verdictOf } from "./judge.ts";
import { boundaryOf } from "./kill-point.ts";
import { onceDiskAllows, runProgram } from "./program-run.ts";
import { recovered } from "./recovery.ts";
import type { CaseResult } from "./result.ts";
import type { TestBed } from "./test-bed.ts";
import type { TestCluster } from "./test-cluster.ts";
import { shown, tryCase } from "./try-case.ts";

/** Bare nodes, an install with something going wrong around it, and what comes of it once that is over. */
export async function faultCase(bed: TestBed, fault: LabFault): Promise<CaseResult> {
  const states = { needs: "bare", leaves: "installed" } as const;
  const frame = { id: `fault/${fault.name}`, kind: "fault", at: fault.title, ...states } as const;
  return tryCase(bed, frame, async (cluster, runs) => {
    const { end, began, over } = await onceDiskAllows(() => disturb(cluster, fault));
    runs.push(end);
    const disturbed = verdictOf(end);
    await over();
    if (began() === undefined || (fault.killAfter !== undefined && end.exitCode === 0)) {
      return { disturbed, missed: true, violations: [] };
    }
    const killed = fault.killAfter !== undefined && end.exitCode === undefined && !end.hung;
    const unclear = killed ? [] : notClear(end, fault.allowed);
    if (end.exitCode === 0) await healthy(cluster);
    const recovery = await recovered(cluster);
    runs.push(...recovery.runs);
    const violations = [...unclear.map((text) => `disturbed run: ${text}`), ...recovery.violations];
    return { ...shown(recovery), struckAt: began() ?? 0, disturbed, violations };
  });
}

/** Runs an install, lets the fault begin at its moment, and gives what ends it once the run is over. */
async function disturb(cluster: TestCluster, fault: LabFault) {
  const { at, holds, killAfter } = fault;
  const env = (await fault.prepare?.(cluster)) ?? {};
  const started = performance.now();
  let began: number | undefined;
  let happening: Promise<void> | undefined;
  const running = new AbortController();
  const happen = async (kill: () => void): Promise<void> => {
    await delay(at.delay);
    if (running.signal.aborted) return;
    began = Math.round(performance.now() - started);
    await fault.begin(cluster);
    if (killAfter !== undefined) await delay(killAfter).then(kill);
    if (holds !== undefined) await delay(holds).then(() => fault.lift(cluster));
  };
  const end = await runProgram(cluster.install, {
    env,
    onEvent: (event, { kill }) => {
      if (happening !== undefined || boundaryOf(event) !== at.boundary) return;
      happening = happen(kill);
      happening.catch(() => undefined);
    },
  });
  running.abort();
  const over = async (): Promise<void> => {
    await Promise.resolve(happening).finally(async () => {
      const due = began !== undefined || fault.prepare !== undefined;
      if (due && holds === undefined) await fault.lift(cluster);
    });
  };
  return { end, began: () => began, over };
}
