import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { stateOfProcess, thisProcess } from "../../engine/process-identity.ts";
import { formatDuration, minutes, seconds } from "../../engine/time.ts";
import type { ClusterLock, LockTimes } from "./cluster-lock.ts";
import { keepLock } from "./keep-lock.ts";
import { type HeldLock, type LockHost, lockFolder, type Replaceable, takeLock } from "./lock-file.ts";
import { type LockOwner, ownerInWords } from "./lock-owner.ts";
import { lockedError } from "./locked-error.ts";

const usualTimes: LockTimes = { heartbeat: seconds(10), silence: minutes(2), watch: seconds(30) };

export interface LockOptions {
  readonly cluster: string;
  /** The command the operator gave, without its values. */
  readonly command: string;
  /** Name of this run's record. */
  readonly run?: string;
  /** Take the lock away from whoever holds it. */
  readonly breakLock?: boolean;
  readonly signal: AbortSignal;
  readonly inform: (line: string) => void;
  readonly folder?: string;
  readonly times?: LockTimes;
}

/**
 * Takes the lock of the cluster on its first control plane, so that operators on other machines see it too. A lock whose
 * process is gone is taken over at once when that was on this machine, otherwise when it shows no sign of life.
 * @throws InstallerError `locked` while another run holds it
 */
export async function acquireLock(host: LockHost, options: LockOptions): Promise<ClusterLock> {
  const { signal, inform, folder = lockFolder, times = usualTimes } = options;
  const token = randomUUID();
  const owner = await ownerOf(options);
  const take = (replace?: Replaceable) => takeLock(host, { folder, token, owner, replace, signal });

  const held = await take();
  if (held !== undefined) {
    const replaceable = await mayReplace(host, held, { ...options, times, look: () => take() });
    const stillHeld = replaceable === "free" ? undefined : await take(replaceable);
    if (stillHeld !== undefined) throw lockedError(host.name, stillHeld);
  }
  return keepLock(host, { folder, token, owner, times, signal, inform });
}

async function ownerOf({ cluster, command, run }: LockOptions): Promise<LockOwner> {
  return {
    user: userInfo().username,
    ...(await thisProcess()),
    cluster,
    command,
    ...(run === undefined ? {} : { run }),
    started: new Date().toISOString(),
  };
}

interface Suspicion extends LockOptions {
  readonly times: LockTimes;
  /** Takes the lock if it has become free, otherwise says how it is now. */
  readonly look: () => Promise<HeldLock | undefined>;
}

/** Decides whether a held lock may be taken over, and tells the operator why; `free` when it was taken meanwhile. */
async function mayReplace(host: LockHost, held: HeldLock, options: Suspicion): Promise<Replaceable | "free"> {
  const { inform, times } = options;
  const holder = held.owner === undefined ? "A run unknown to this version" : ownerInWords(held.owner);
  if (options.breakLock === true) {
    inform(`Breaking the lock on ${host.name}: ${holder}.`);
    return { token: held.token };
  }
  const state = held.owner === undefined ? "unknown" : await stateOfProcess(held.owner);
  if (state === "gone") {
    inform(`Taking over the lock on ${host.name}: ${holder}, but that process is gone.`);
    return held;
  }
  if (state === "running" || seconds(held.age) < times.silence) throw lockedError(host.name, held);
  const silent = formatDuration(seconds(held.age));
  inform(
    `${holder}, without a sign of life for ${silent}; watching for ${formatDuration(times.watch)} whether it lives.`,
  );
  const now = await watchSuspect(held, options);
  if (now === undefined) return "free";
  if (now.beat !== held.beat) throw lockedError(host.name, now);
  inform(`Taking over the lock on ${host.name}: its holder is silent.`);
  return held;
}

async function watchSuspect(held: HeldLock, { times, look, signal }: Suspicion): Promise<HeldLock | undefined> {
  const end = performance.now() + times.watch;
  for (;;) {
    await delay(Math.min(times.heartbeat, times.watch) / 5, undefined, { signal });
    const now = await look();
    if (now === undefined || now.token !== held.token || now.beat !== held.beat) return now;
    if (performance.now() >= end) return now;
  }
}
