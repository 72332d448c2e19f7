import { rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { clusterFolder } from "../../../src/engine/state-folder.ts";
import { minutes } from "../../../src/engine/time.ts";
import { type Judged, judgeRun } from "./judge.ts";
import type { ObservedRun } from "./observed-run.ts";
import { seededRandom } from "./random.ts";
import { runInstaller } from "./run-installer.ts";
import type { FaultKind, Schedule } from "./schedule.ts";
import type { VirtualTime } from "./virtual-time.ts";
import type { World } from "./world.ts";

/** How one schedule went: the run it struck, and what the runs after it had to do. */
export interface Played {
  readonly index: number;
  readonly outcome: Judged["outcome"];
  readonly code: string | undefined;
  readonly setAside: number;
  /** Kinds of the faults that met a command or a connection. */
  readonly felt: readonly FaultKind[];
  readonly blow: string | undefined;
  readonly violations: readonly string[];
  readonly virtualMs: number;
  readonly realMs: number;
  /** Milliseconds of CPU of the whole schedule: machines, installer and judgement. */
  readonly cpuMs: number;
  /** Bytes in use afterwards. */
  readonly heap: number;
}

export interface PlayOptions {
  /** Gets what happens as lines to read. */
  readonly tell?: (line: string) => void;
}

/**
 * Plays one schedule. After a run that did not succeed everything is mended and a second one must; the last one must
 * find nothing to do.
 */
export async function playSchedule(
  { world, time }: { world: World; time: VirtualTime },
  schedule: Schedule,
  { tell = () => {} }: PlayOptions = {},
): Promise<Played> {
  const cpuBefore = process.cpuUsage();
  const { fraction } = seededRandom(schedule.seed, schedule.index, "chance in the program");
  Math.random = fraction;
  await rm(clusterFolder(world.cluster), { recursive: true, force: true });
  await world.reset(`${schedule.seed} ${schedule.index}`);
  const firstControlPlane = world.shape.nodes[0] ?? "";
  const violations: string[] = [];
  const perform = async (name: string, options: Parameters<typeof runInstaller>[2] = {}) => {
    tell(`--- ${name} run`);
    const run = await runInstaller(world, time, { ...options, onLine: tell });
    const judged = judgeRun(run, { firstControlPlane });
    for (const line of run.told) tell(`stderr: ${line}`);
    violations.push(...judged.violations.map((violation) => `${name} run: ${violation}`));
    return { run, judged };
  };

  if (schedule.installed > 0) {
    const { judged } = await perform("preparing", { nodes: schedule.installed });
    if (judged.outcome !== "ok") violations.push(`preparing run: ${judged.outcome} (${judged.code})`);
  }
  const struck = await perform("struck", { faults: schedule.faults, blow: schedule.blow });
  if (struck.run.hung === undefined) {
    await leaveLock(world, time, schedule);
    if (struck.judged.outcome !== "ok") {
      const mended = await perform("mending");
      if (mended.judged.outcome !== "ok") violations.push(notMended(mended.run, mended.judged));
    }
    const last = await perform("idle");
    violations.push(...judgeIdle(last.run, last.judged));
  }
  violations.push(...world.shortcomings().map((what) => `model: ${what}`));
  globalThis.gc?.();
  const { felt, virtualMs, realMs } = struck.run;
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    index: schedule.index,
    ...{ outcome: struck.judged.outcome, code: struck.judged.code, setAside: struck.judged.setAside.length },
    felt: [...new Set(felt.map(({ kind }) => kind))],
    blow: schedule.blow?.kind,
    ...{ violations, virtualMs, realMs, cpuMs: (user + system) / 1000 },
    heap: process.memoryUsage().heapUsed,
  };
}

/** The process that held the lock, or the Lease, is no more; on another machine one can only tell from its silence. */
async function leaveLock(world: World, time: VirtualTime, { blow }: Schedule): Promise<void> {
  const elsewhere = blow?.kind === "kill-and-move";
  world.orphanLock(elsewhere ? "elsewhere" : "here");
  if (elsewhere) await time.spend(minutes(10), () => delay(minutes(3)));
}

function notMended({ told }: ObservedRun, { outcome, code }: Judged): string {
  return `mending run: ${outcome} (${code}) although everything works again: ${told.slice(-5).join(" | ")}`;
}

function judgeIdle({ printed }: ObservedRun, { outcome, code }: Judged): readonly string[] {
  if (outcome !== "ok") return [`idle run: ${outcome} (${code}) although nothing is to be done`];
  const changed = printed.filter((line) => line.includes('"type":"step-finished","outcome":"changed"'));
  return changed.slice(0, 3).map((line) => `idle run: changes something: ${line}`);
}
