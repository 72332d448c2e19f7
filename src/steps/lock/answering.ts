import { InstallerError } from "../../engine/errors.ts";
import { inTime } from "../../engine/in-time.ts";
import { formatDuration } from "../../engine/time.ts";
import type { LockHost } from "./lock-file.ts";

/**
 * A node whose commands about the lock must answer in some milliseconds: nothing else runs before they do, and a sign of
 * life that hangs would end all later ones.
 */
export function answeringIn(host: LockHost, patience: number): LockHost {
  const tooLate = (cause: unknown) =>
    new InstallerError("unreachable", {
      message: `${host.name} did not answer within ${formatDuration(patience)} when it was asked for the lock of the cluster.`,
      node: host.name,
      likelyCause: "It is frozen, out of memory, or its disk does not respond.",
      nextSteps: ["Look at its console, then run the same command again."],
      cause,
    });
  return {
    name: host.name,
    run: (command, options) =>
      inTime({ signal: options.signal, patience, tooLate }, (signal) => host.run(command, { ...options, signal })),
  };
}

/** A node whose commands about the lock have a channel of their own, so that no step delays them. */
export function urgently(host: LockHost): LockHost {
  return { name: host.name, run: (command, options) => host.run(command, { ...options, urgent: true }) };
}
