import { InstallerError } from "../../../engine/errors.ts";
import { formatDuration, seconds } from "../../../engine/time.ts";
import type { Command } from "../../../ssh/shell.ts";
import type { PreflightNode } from "../preflight-node.ts";

/** Runs one command on one node, with a deadline. */
export type Ask = (command: Command, options?: { stdin?: string }) => Promise<{ readonly stdout: string }>;

const patience = seconds(20);

/** The way to ask a node within one preflight. @throws InstallerError `unreachable` (from the function) when it does not answer in time */
export function askerFor({ machine, host }: PreflightNode, signal: AbortSignal): Ask {
  return async (command, options = {}) => {
    const timeout = AbortSignal.timeout(patience);
    try {
      return await host.read(command, { ...options, signal: AbortSignal.any([signal, timeout]) });
    } catch (thrown) {
      if (!timeout.aborted || signal.aborted) throw thrown;
      throw new InstallerError("unreachable", {
        message: `The node stopped answering: nothing came for ${formatDuration(patience)}.`,
        node: machine.name,
        nextSteps: ["Look at the node's console, then run the same command again."],
        cause: thrown,
      });
    }
  };
}
