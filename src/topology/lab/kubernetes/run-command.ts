import { InstallerError } from "../../../engine/errors.ts";
import { runLocal } from "../../../engine/local-command.ts";
import type { Work } from "./work.ts";

export interface WorkCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Set on top of this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds after which the command is killed. */
  readonly deadline: number;
  /** Gets every line of output, stdout and stderr alike. */
  readonly onLine?: (line: string) => void;
  /** What the operator can do when it fails. */
  readonly nextSteps?: readonly string[];
}

/**
 * Runs a command on this machine as part of some work, under its lock, and returns what it wrote to stdout.
 * @throws InstallerError `command-failed` with its last lines, `deadline-exceeded`
 */
export async function runCommand(command: WorkCommand, { signal, lock }: Work): Promise<string> {
  const { program, args, nextSteps, ...options } = command;
  try {
    const held = lock === undefined ? {} : { inherit: lock };
    return (await runLocal(program, args, { ...options, ...held, signal })).stdout;
  } catch (thrown) {
    if (!(thrown instanceof InstallerError) || nextSteps === undefined) throw thrown;
    const { message, code, cause, details } = thrown;
    throw new InstallerError(code, { message, cause, ...details, nextSteps });
  }
}
