import { resolve } from "node:path";
import { toInstallerError } from "../engine/errors.ts";
import type { RunEvent } from "../engine/events.ts";
import { alwaysSummarised } from "../report/always-summarised.ts";
import { recordRun } from "../report/record-run.ts";
import type { Reporter } from "../report/reporter.ts";
import { acquireLock } from "../steps/lock/acquire-lock.ts";
import type { ClusterSession } from "./cluster-session.ts";
import type { CommandContext } from "./command-context.ts";
import { presetDigest } from "./preset-digest.ts";
import { version } from "./version.ts";

export interface RunAloneOptions {
  /** The command's name for the journal and the lock. */
  readonly command: string;
  /** The file the preset was read from. */
  readonly preset?: string | undefined;
  readonly session: ClusterSession;
  readonly dryRun: boolean;
  /** Take the lock away from whoever holds it. */
  readonly breakLock: boolean;
  readonly reporter: Reporter;
  readonly context: CommandContext;
}

/** What a command works with while it is recorded and alone: the journal listens, and a lost lock aborts. */
export interface AloneTools {
  readonly reporter: Reporter;
  readonly context: CommandContext;
  /**
   * Settles once it is certain that no other run holds the cluster, also by its Lease; nothing may change before.
   * @throws InstallerError `locked`
   */
  readonly sole: Promise<void>;
}

/**
 * Does something with a cluster while no other run does: recorded in the state folder, the lock held from before the
 * first look to after the last change. A dry run takes no lock, because a lock is a change.
 * @throws InstallerError `locked` while another run works on the cluster, or when one took the lock away
 */
export async function runAlone<T>(options: RunAloneOptions, act: (tools: AloneTools) => Promise<T>): Promise<T> {
  const { session, preset, dryRun, reporter, context } = options;
  const run = { cluster: session.spec.name, command: dryRun ? `${options.command} --dry-run` : options.command };
  const recorded = await recordRun({
    ...run,
    programVersion: version,
    ...(preset === undefined ? {} : { presetDigest: await presetDigest(preset), presetFile: resolve(preset) }),
    inform: context.inform,
  });
  const record = alwaysSummarised(recorded);
  const both: Reporter = {
    emit: (event) => {
      record.emit(event);
      if (event.type === "run-finished" && !recorded.isWhole()) reporter.emit(incomplete(recorded.folder));
      reporter.emit(event);
    },
    end: () => undefined,
  };
  try {
    const tools = { reporter: both, context, sole: Promise.resolve() };
    return await (dryRun ? act(tools) : actLocked({ ...options, run: { ...run, run: recorded.id } }, tools, act));
  } catch (thrown) {
    const error = toInstallerError(thrown);
    record.finish({ outcome: context.stop.aborted ? "interrupted" : "failed", error });
    throw error;
  } finally {
    record.end();
  }
}

/** Stands before the summary, so that nobody takes the record of this run for the whole of it. */
function incomplete(folder: string): RunEvent {
  return {
    type: "diagnostic",
    level: "warning",
    message: `The record of this run in ${folder} is incomplete; the nodes are not affected.`,
  };
}

async function actLocked<T>(
  { session, breakLock, run }: RunAloneOptions & { run: { cluster: string; command: string; run: string } },
  { reporter, context, sole }: AloneTools,
  act: (tools: AloneTools) => Promise<T>,
): Promise<T> {
  const { signal, inform } = context;
  const first = session.nodes.find(({ machine }) => machine.roles.includes("control-plane"));
  if (first === undefined) return act({ reporter, context, sole });
  const lock = await acquireLock(first.host, { ...run, breakLock, signal, inform });
  try {
    const guarded = { ...context, signal: AbortSignal.any([signal, lock.lost]) };
    const result = await act({ reporter, context: guarded, sole: lock.leased });
    lock.lost.throwIfAborted();
    return result;
  } finally {
    await lock.release();
  }
}
