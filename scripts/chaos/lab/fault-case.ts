import { setTimeout as delay } from "node:timers/promises";
import type { LabFault } from "./faults.ts";
import { healthy } from "./health.ts";
import { notClear, verdictOf } from "./judge.ts";
import { type CasePlace, onFreshCluster, shown } from "./kill-case.ts";
import { boundaryOf } from "./kill-point.ts";
import { runProgram } from "./program-run.ts";
import { recovered } from "./recovery.ts";
import type { CaseResult } from "./result.ts";
import type { TestCluster } from "./test-cluster.ts";

/** Fresh nodes, an install with something going wrong around it, and what comes of it once that is over. */
export async function faultCase(place: CasePlace, fault: LabFault): Promise<CaseResult> {
  return onFreshCluster(place, { id: `fault/${fault.name}`, kind: "fault", at: fault.title }, async (cluster, runs) => {
    const { end, began, over } = await disturb(cluster, fault);
    runs.push(end);
    const disturbed = verdictOf(end);
    const killed = fault.killAfter !== undefined && end.exitCode === undefined && !end.hung;
    const unclear = killed ? [] : notClear(end, fault.allowed);
    if (end.exitCode === 0 && fault.holds !== undefined) await healthy(cluster);
    await over();
    if (began === undefined) return { disturbed, missed: true, violations: unclear };
    const recovery = await recovered(cluster);
    runs.push(...recovery.runs);
    const violations = [...unclear.map((text) => `disturbed run: ${text}`), ...recovery.violations];
    return { ...shown(recovery), struckAt: began, disturbed, violations };
  });
}

/** Runs an install, lets the fault begin at its moment, and gives what ends it once the run is over. */
async function disturb(cluster: TestCluster, fault: LabFault) {
  const { at, holds, killAfter } = fault;
  const env = (await fault.prepare?.(cluster)) ?? {};
  let began: number | undefined;
  let happening: Promise<unknown> | undefined;
  const end = await runProgram(cluster.install, {
    env,
    onEvent: (event, { kill }) => {
      if (began !== undefined || boundaryOf(event) !== at.boundary) return;
      began = event.at + at.delay;
      happening = delay(at.delay).then(async () => {
        await fault.begin(cluster);
        if (killAfter !== undefined) await delay(killAfter).then(kill);
        if (holds !== undefined) await delay(holds).then(() => fault.lift(cluster));
      });
      happening.catch(() => undefined);
    },
  });
  const over = async () => {
    await happening;
    if (holds === undefined) await fault.lift(cluster);
  };
  return { end, began, over };
}
