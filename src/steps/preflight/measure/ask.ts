import { InstallerError } from "../../../engine/errors.ts";
import { inTime } from "../../../engine/in-time.ts";
import { formatDuration, seconds } from "../../../engine/time.ts";
import type { Command } from "../../../ssh/shell.ts";
import type { PreflightNode } from "../preflight-node.ts";

/** Runs one command on one node, with a deadline. */
export type Ask = (command: Command, options?: { stdin?: string }) => Promise<{ readonly stdout: string }>;

/** The way to ask a node within one preflight. @throws InstallerError `unreachable` (from the function) when it does not answer in time */
export function askerFor({ machine, host }: PreflightNode, signal: AbortSignal, patience = seconds(20)): Ask {
  const tooLate = (cause: unknown) =>
    new InstallerError("unreachable", {
      message: `The node stopped answering: nothing came for ${formatDuration(patience)}.`,
      node: machine.name,
      nextSteps: ["Look at the node's console, then run the same command again."],
      cause,
    });
  return (command, options = {}) =>
    inTime({ signal, patience, tooLate }, (limited) => host.read(command, { ...options, signal: limited }));
}
