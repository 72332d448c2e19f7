import { toInstallerError } from "../../engine/errors.ts";
import { formatDuration, seconds } from "../../engine/time.ts";
import type { ClusterLock, LockTimes } from "./cluster-lock.ts";
import { dropLock, type LockHost, takeLock } from "./lock-file.ts";
import type { LockOwner } from "./lock-owner.ts";
import { lockedError } from "./locked-error.ts";

export interface KeepOptions {
  readonly folder: string;
  readonly token: string;
  readonly owner: LockOwner;
  readonly times: LockTimes;
  readonly signal: AbortSignal;
  readonly inform: (line: string) => void;
}

/** Gives signs of life for a lock this run holds, and takes it anew when it is gone, as after a reboot of the node. */
export function keepLock(host: LockHost, options: KeepOptions): ClusterLock {
  const { times, inform, signal } = options;
  const ending = new AbortController();
  const lost = new AbortController();
  let troubled = false;

  const beat = async (): Promise<void> => {
    try {
      const held = await takeLock(host, { ...options, signal: AbortSignal.any([ending.signal, signal]) });
      if (held !== undefined) lost.abort(lockedError(host.name, held));
      troubled = false;
    } catch (thrown) {
      if (ending.signal.aborted || signal.aborted) return;
      if (!troubled) inform(cannotRenew(host.name, times, thrown));
      troubled = true;
    }
  };
  let beating: Promise<void> | undefined;
  const timer = setInterval(() => {
    beating ??= beat().finally(() => {
      beating = undefined;
    });
  }, times.heartbeat);
  timer.unref();

  return {
    lost: lost.signal,
    release: async () => {
      clearInterval(timer);
      ending.abort();
      await beating;
      if (lost.signal.aborted) return;
      const patience = signal.aborted ? seconds(1.5) : seconds(10);
      try {
        await dropLock(host, { ...options, signal: AbortSignal.timeout(patience) });
      } catch (thrown) {
        inform(
          `The lock on ${host.name} could not be given up (${toInstallerError(thrown).message}). The next run from this ` +
            `machine takes it over at once, one from elsewhere after ${formatDuration(times.silence + times.watch)}.`,
        );
      }
    },
  };
}

function cannotRenew(node: string, { silence }: LockTimes, thrown: unknown): string {
  const reason = toInstallerError(thrown).message;
  return (
    `warning: the lock on ${node} cannot be renewed (${reason}); ` +
    `if that lasts for more than ${formatDuration(silence)}, another run may take it over.`
  );
}
