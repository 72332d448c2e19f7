import { randomBytes } from "node:crypto";
import { InstallerError } from "../engine/errors.ts";
import type { Secret } from "../engine/secret.ts";
import { formatDuration } from "../engine/time.ts";
import { withGrace } from "./or-abort.ts";
import { abandon, beginPatience, groupCommand, readGroup, type SpawnGrouped } from "./process-group.ts";
import { readUntil } from "./read-until.ts";
import { sh } from "./shell.ts";
import { sudoRefused, wrongSudoPassword } from "./sudo-errors.ts";
import type { RemoteProcess, Transport } from "./transport.ts";

/**
 * Gives the way to run commands as root: directly when the login user is root, else through sudo, which gets its
 * password on standard input and only when it asks.
 * @throws InstallerError `sudo-refused` (from the returned function)
 */
export function rootSpawner(transport: Pick<Transport, "spawn">, sudoPassword: Secret | undefined): SpawnGrouped {
  return async (command, options) => {
    const prompt = `<password-${randomBytes(9).toString("hex")}>`;
    const group = groupCommand(command);
    const sudo =
      sudoPassword === undefined
        ? sh`exec sudo -n -- sh -c ${group.command.text}`
        : sh`exec sudo -S -p ${prompt} -- sh -c ${group.command.text}`;
    const process = await transport.spawn(
      sh`export LC_ALL=C; if [ "$(id -u)" -eq 0 ]; then ${group.command}; else ${sudo}; fi`,
      options,
    );
    try {
      const number = await withGrace(options.signal, beginPatience, async (patience) => {
        // Both outputs at once, since a start-up file that prints much on one would else hold up the other.
        const [printed, answered] = await Promise.all([
          readUntil(process.stdout, [group.marker], patience),
          answerSudo(process, { prompt, begun: group.marker, sudoPassword, signal: patience }),
        ]);
        if (answered.begun) return answered.group;
        await process.ended;
        throw sudoRefused(`${printed.before}\n${answered.said}`);
      });
      return Object.assign(process, { group: number });
    } catch (thrown) {
      abandon(process);
      if (isTimeout(thrown) && !options.signal.aborted) throw neverBegan(thrown);
      throw thrown;
    }
  };
}

function isTimeout(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === "TimeoutError";
}

function neverBegan(cause: unknown): InstallerError {
  return new InstallerError("unreachable", {
    message: `The login works, but no command begins within ${formatDuration(beginPatience.deadline)}.`,
    likelyCause:
      "A start-up file of the login shell waits or prints without end, sudo hangs, or the node is overloaded.",
    nextSteps: ["Log in by hand and see whether `sudo true` comes back at once."],
    cause,
  });
}

interface SudoDialogue {
  readonly prompt: string;
  /** What the command prints on stderr when it has begun. */
  readonly begun: string;
  readonly sudoPassword: Secret | undefined;
  readonly signal: AbortSignal;
}

type Answered = { readonly begun: true; readonly group: number } | { readonly begun: false; readonly said: string };

async function answerSudo(
  process: RemoteProcess,
  { prompt, begun, sudoPassword, signal }: SudoDialogue,
): Promise<Answered> {
  let found = await readUntil(process.stderr, [prompt, begun], signal);
  if (found.marker === prompt && sudoPassword !== undefined) {
    process.stdin.write(`${sudoPassword.reveal()}\n`);
    found = await readUntil(process.stderr, [prompt, begun], signal);
    if (found.marker === prompt) throw wrongSudoPassword();
  }
  if (found.marker === undefined) return { begun: false, said: found.before };
  return { begun: true, group: await readGroup(process, signal) };
}
