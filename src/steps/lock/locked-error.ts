import { InstallerError } from "../../engine/errors.ts";
import { formatDuration, seconds } from "../../engine/time.ts";
import type { HeldLock } from "./lock-file.ts";
import { ownerInWords } from "./lock-owner.ts";

/** Says who holds the cluster, since when, and what to do. */
export function lockedError(node: string, { owner, age }: HeldLock, advice: readonly string[] = []): InstallerError {
  const holder =
    owner === undefined ? "Another run, of another version of this program, holds the cluster" : ownerInWords(owner);
  const record =
    owner?.run === undefined ? [] : [`on ${owner.host}, \`kube-installer runs show ${owner.run}\` tells what it does`];
  return new InstallerError("locked", {
    message: `${holder}; its last sign of life was ${formatDuration(seconds(Math.max(1, age)))} ago.`,
    node,
    nextSteps: [
      "wait until that run is over",
      ...record,
      ...advice,
      "if it cannot be alive any more, run the same command with `--break-lock`",
    ],
  });
}
