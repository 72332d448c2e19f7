import { seconds } from "../../engine/time.ts";
import type { LockTimes } from "./cluster-lock.ts";
import { dropLease, type LeaseAnswer, leasePlace, showLease, takeLease } from "./lease.ts";
import type { HeldLock, LockHost, Replaceable } from "./lock-file.ts";
import type { LockOwner } from "./lock-owner.ts";
import { lockedError } from "./locked-error.ts";
import { mayReplace } from "./may-replace.ts";

export interface HoldOptions {
  readonly token: string;
  readonly owner: LockOwner;
  readonly times: LockTimes;
  readonly breakLock: boolean;
  /** The token of the lock this run took over on the node: the same holder's Lease needs no second explanation. */
  readonly replaced: string | undefined;
  readonly inform: (line: string) => void;
}

/** The cluster's Lease in the hands of one run, from the moment the API answers. */
export interface HeldLease {
  /** Takes it, or takes it over, for the first time. @throws InstallerError `locked` while another run holds it */
  take(host: LockHost, signal: AbortSignal): Promise<void>;
  /** Gives a sign of life, or takes it now that there is an API. @throws InstallerError `locked` when it is another run's */
  renew(host: LockHost, signal: AbortSignal): Promise<void>;
  /** Gives it up. */
  drop(host: LockHost, signal: AbortSignal): Promise<void>;
}

/** Makes the Lease of a run; nothing is asked of the API yet. */
export function holdLease(options: HoldOptions): HeldLease {
  const { token, owner, times, inform, replaced } = options;
  const duration = times.silence / seconds(1);
  let mayBeOurs = false;
  const attempt = async (host: LockHost, signal: AbortSignal, replace?: Replaceable): Promise<LeaseAnswer> => {
    const answer = await takeLease(host, { token, owner, duration, replace, renewing: mayBeOurs, signal });
    if (answer === "taken") mayBeOurs = true;
    return answer;
  };
  const heldBy = (answer: LeaseAnswer) => (typeof answer === "string" ? undefined : answer);
  const advice = [`\`${showLease}\` shows it`];
  const locked = (host: LockHost, held: HeldLock) => lockedError(host.name, held, advice);

  return {
    async take(host, signal) {
      const held = heldBy(await attempt(host, signal, replaced === undefined ? undefined : { token: replaced }));
      if (held === undefined) return;
      const look = async () => heldBy(await attempt(host, signal));
      const suspicion = { ...options, place: leasePlace, node: host.name, advice, signal, look };
      const replaceable = await mayReplace(held, suspicion);
      const stillHeld = replaceable === "free" ? undefined : heldBy(await attempt(host, signal, replaceable));
      if (stillHeld !== undefined) throw locked(host, stillHeld);
    },
    async renew(host, signal) {
      const held = heldBy(await attempt(host, signal));
      if (held !== undefined) throw locked(host, held);
    },
    async drop(host, signal) {
      if (!mayBeOurs || (await dropLease(host, { token, signal }))) return;
      inform(
        `warning: ${leasePlace} could not be given up, because the API does not answer; the next run explains it.`,
      );
    },
  };
}
