import { setTimeout as delay } from "node:timers/promises";
import { stateOfProcess } from "../../engine/process-identity.ts";
import { formatDuration, seconds } from "../../engine/time.ts";
import type { LockTimes } from "./cluster-lock.ts";
import type { HeldLock, Replaceable } from "./lock-file.ts";
import { ownerInWords } from "./lock-owner.ts";
import { lockedError } from "./locked-error.ts";

export interface Suspicion {
  /** What is held, e.g. `the lock on cp-1`. */
  readonly place: string;
  /** The node through which it was seen. */
  readonly node: string;
  /** Further advice for the operator who has to wait. */
  readonly advice?: readonly string[];
  /** Take it away from whoever holds it. */
  readonly breakLock?: boolean;
  readonly times: LockTimes;
  readonly signal: AbortSignal;
  readonly inform: (line: string) => void;
  /** Takes what is held if it has become free, otherwise says how it is now. */
  readonly look: () => Promise<HeldLock | undefined>;
}

/**
 * Decides whether what another run holds may be taken over, and tells the operator why; `free` when it was taken
 * meanwhile. Whether a holder elsewhere lives is judged by its signs of life, which move or do not, never by comparing
 * clocks of two machines.
 * @throws InstallerError `locked` when the holder lives, or did lately
 */
export async function mayReplace(held: HeldLock, options: Suspicion): Promise<Replaceable | "free"> {
  const { place, node, advice, inform, times } = options;
  const holder = held.owner === undefined ? "A run unknown to this version" : ownerInWords(held.owner);
  if (options.breakLock === true) {
    inform(`Breaking ${place}: ${holder}.`);
    return { token: held.token };
  }
  const state = held.owner === undefined ? "unknown" : await stateOfProcess(held.owner);
  if (state === "gone") {
    inform(`Taking over ${place}: ${holder}, but that process is gone.`);
    return held;
  }
  if (state === "running" || seconds(held.age) < times.silence) throw lockedError(node, held, advice);
  const silent = formatDuration(seconds(held.age));
  inform(
    `${holder}, without a sign of life for ${silent}; watching for ${formatDuration(times.watch)} whether it lives.`,
  );
  const now = await watchSuspect(held, options);
  if (now === undefined) return "free";
  if (now.beat !== held.beat) throw lockedError(node, now, advice);
  inform(`Taking over ${place}: its holder is silent.`);
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
