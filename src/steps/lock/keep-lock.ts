import { type InstallerError, toInstallerError } from "../../engine/errors.ts";
import { formatDuration, seconds } from "../../engine/time.ts";
import { answeringIn, urgently } from "./answering.ts";
import type { ClusterLock, LockTimes } from "./cluster-lock.ts";
import { giveUp } from "./give-up.ts";
import { type HoldOptions, holdLease } from "./hold-lease.ts";
import { dropLock, type LockHost, takeLock } from "./lock-file.ts";
import { lockedError } from "./locked-error.ts";

export interface KeepOptions extends HoldOptions {
  readonly folder: string;
  readonly signal: AbortSignal;
}

/**
 * Gives signs of life for a lock this run holds, and for the cluster's Lease from the moment there is an API, and takes
 * them anew when they are gone, as after a reboot of the node. They have a channel of their own, so that no step delays
 * them.
 */
export function keepLock(host: LockHost, options: KeepOptions): ClusterLock {
  const { times, inform, signal } = options;
  const urgent = urgently(host);
  const ending = new AbortController();
  const lost = new AbortController();
  const living = AbortSignal.any([ending.signal, signal]);
  const lease = holdLease(options);
  let troubled = false;

  const beat = async (): Promise<void> => {
    try {
      const held = await takeLock(urgent, { ...options, signal: living });
      if (held !== undefined) throw lockedError(host.name, held);
      await lease.renew(urgent, living);
      troubled = false;
    } catch (thrown) {
      if (living.aborted) return;
      const error = toInstallerError(thrown);
      if (error.code === "locked") return lost.abort(error);
      if (!troubled) inform(cannotRenew(host.name, times, error));
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
  const leased = lease.take(host, living);
  leased.catch(() => undefined);

  return {
    lost: lost.signal,
    leased,
    release: async () => {
      clearInterval(timer);
      ending.abort();
      await Promise.allSettled([beating, leased]);
      if (lost.signal.aborted) return;
      const patience = signal.aborted ? seconds(1.2) : seconds(10);
      const never = new AbortController().signal;
      const [usual, apart] = [answeringIn(host, patience), answeringIn(urgent, patience)];
      const drop = (way: LockHost) => dropLock(way, { ...options, signal: never });
      await giveUp({ node: host.name, times, inform }, () =>
        signal.aborted
          ? Promise.all([lease.drop(usual, never), drop(apart)])
          : lease.drop(usual, never).then(() => drop(usual)),
      );
    },
  };
}

function cannotRenew(node: string, { silence }: LockTimes, { message }: InstallerError): string {
  return (
    `warning: the lock on ${node} cannot be renewed (${message}); ` +
    `if that lasts for more than ${formatDuration(silence)}, another run may take it over.`
  );
}
