import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { toInstallerError } from "../../engine/errors.ts";
import { thisProcess } from "../../engine/process-identity.ts";
import { minutes, seconds } from "../../engine/time.ts";
import { answeringIn, urgently } from "./answering.ts";
import type { ClusterLock, LockTimes } from "./cluster-lock.ts";
import { giveUp } from "./give-up.ts";
import { type KeepOptions, keepLock } from "./keep-lock.ts";
import { dropLock, type LockHost, lockFolder, type Replaceable, takeLock } from "./lock-file.ts";
import type { LockOwner } from "./lock-owner.ts";
import { lockedError } from "./locked-error.ts";
import { mayReplace } from "./may-replace.ts";

const usualTimes: LockTimes = {
  heartbeat: seconds(10),
  silence: minutes(2),
  watch: seconds(30),
  answer: minutes(1),
};

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
 * Takes the lock of the cluster on its first control plane, so that operators on other machines see it too, and the
 * Lease of the cluster if it has one already. What a process held that is gone is taken over: at once when it ran on this
 * machine, otherwise when it shows no sign of life.
 * @throws InstallerError `locked` while another run holds it, `unreachable` when the node does not answer
 */
export async function acquireLock(given: LockHost, options: LockOptions): Promise<ClusterLock> {
  const { signal, inform, folder = lockFolder, times = usualTimes } = options;
  const host = answeringIn(given, times.answer);
  const token = randomUUID();
  const owner = await ownerOf(options);
  const take = (replace?: Replaceable) => takeLock(host, { folder, token, owner, replace, signal });

  try {
    const held = await take();
    if (held !== undefined) {
      const place = `the lock on ${host.name}`;
      const replaceable = await mayReplace(held, { ...options, place, node: host.name, times, look: () => take() });
      const stillHeld = replaceable === "free" ? undefined : await take(replaceable);
      if (stillHeld !== undefined) throw lockedError(host.name, stillHeld);
    }
    const breakLock = options.breakLock ?? false;
    return keepLock(host, { folder, token, owner, times, signal, inform, breakLock, replaced: held?.token });
  } catch (thrown) {
    if (toInstallerError(thrown).code !== "locked") {
      const patience = signal.aborted ? seconds(1.2) : seconds(5);
      await giveUpUnknown(answeringIn(urgently(given), patience), { folder, token, times, inform });
    }
    throw thrown;
  }
}

/** The lock may have been taken although nobody heard of it, because the connection broke or the answer was damaged. */
async function giveUpUnknown(
  host: LockHost,
  { folder, token, times, inform }: Pick<KeepOptions, "folder" | "token" | "times" | "inform">,
): Promise<void> {
  const { signal } = new AbortController();
  await giveUp({ node: host.name, times, inform }, () => dropLock(host, { folder, token, signal }));
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
