import { toInstallerError } from "../engine/errors.ts";
import type { Plan } from "../engine/plan.ts";
import { type RunResult, runPlan } from "../engine/run.ts";
import { alwaysSummarised } from "../report/always-summarised.ts";
import { recordRun } from "../report/record-run.ts";
import type { Reporter } from "../report/reporter.ts";
import type { Action, Observation } from "../steps/context.ts";
import { contextsFor, type RunGround } from "../steps/contexts.ts";
import { acquireLock } from "../steps/lock/acquire-lock.ts";
import type { ConnectedNode } from "../steps/node.ts";
import type { CommandContext } from "./command-context.ts";
import type { CommandEnd } from "./reporters.ts";
import { version } from "./version.ts";

/** Steps at once over all nodes; connections have their own limits. */
const concurrency = 64;

export interface ExecuteOptions {
  /** The command's name for the journal and the lock. */
  readonly command: string;
  readonly ground: RunGround;
  readonly plan: Plan<Observation, Action>;
  readonly dryRun: boolean;
  /** Take the lock away from whoever holds it. */
  readonly breakLock?: boolean;
  readonly reporter: Reporter;
  readonly context: CommandContext;
}

/**
 * Runs a plan on the connected nodes: recorded in the state folder, alone on the cluster, every event to the reporter.
 * A dry run takes no lock, because a lock is a change.
 * @throws InstallerError `locked` while another run works on the cluster, or when one took the lock away
 */
export async function executePlan(options: ExecuteOptions): Promise<RunResult> {
  const { ground, dryRun, context } = options;
  const run = { cluster: ground.spec.name, command: dryRun ? `${options.command} --dry-run` : options.command };
  const recorded = await recordRun({ ...run, programVersion: version, inform: context.inform });
  const record = alwaysSummarised(recorded);
  try {
    if (dryRun) return await execute(options, record, context.signal);
    return await executeLocked(options, record, { ...run, run: recorded.id });
  } catch (thrown) {
    const error = toInstallerError(thrown);
    record.finish({ outcome: context.stop.aborted ? "interrupted" : "failed", error });
    throw error;
  } finally {
    record.end();
  }
}

async function executeLocked(
  options: ExecuteOptions,
  record: Reporter,
  run: { cluster: string; command: string; run: string },
): Promise<RunResult> {
  const { ground, breakLock = false, context } = options;
  const { signal, inform } = context;
  const host = controlPlanes(ground)[0]?.host;
  if (host === undefined) return execute(options, record, signal);
  const lock = await acquireLock(host, { ...run, breakLock, signal, inform });
  try {
    const result = await execute(options, record, AbortSignal.any([signal, lock.lost]));
    lock.lost.throwIfAborted();
    return result;
  } finally {
    await lock.release();
  }
}

/** Losing a control plane stops the run: without one there is nothing to join. */
async function execute(options: ExecuteOptions, record: Reporter, signal: AbortSignal): Promise<RunResult> {
  const { ground, plan, dryRun, reporter, context } = options;
  return runPlan({
    plan,
    dryRun,
    concurrency,
    contextFor: contextsFor(ground),
    criticalNodes: new Set(controlPlanes(ground).map(({ machine }) => machine.name)),
    emit: (event) => {
      record.emit(event);
      reporter.emit(event);
    },
    signal,
    stop: context.stop,
  });
}

function controlPlanes({ nodes }: RunGround): readonly ConnectedNode[] {
  return nodes.filter(({ machine }) => machine.roles.includes("control-plane"));
}

/** How a command ends whose run ended so: a failed step is 1 unless the failure has a code of its own. */
export function commandEnd({ summary, error }: RunResult): CommandEnd {
  const codes = { ok: 0, failed: error?.exitCode ?? 1, partial: 6, interrupted: 130 } as const;
  return { exitCode: codes[summary.outcome], ...(error === undefined ? {} : { error }) };
}
