import { randomBytes } from "node:crypto";
import type { Secret } from "../engine/secret.ts";
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
        await answerSudo(process, { prompt, begun: group.marker, sudoPassword, signal: patience });
        return readGroup(process, group.marker, patience);
      });
      return Object.assign(process, { group: number });
    } catch (thrown) {
      abandon(process);
      throw thrown;
    }
  };
}

interface SudoDialogue {
  readonly prompt: string;
  /** What the command prints on stderr when it has begun. */
  readonly begun: string;
  readonly sudoPassword: Secret | undefined;
  readonly signal: AbortSignal;
}

async function answerSudo(process: RemoteProcess, { prompt, begun, sudoPassword, signal }: SudoDialogue) {
  let found = await readUntil(process.stderr, [prompt, begun], signal);
  if (found.marker === prompt && sudoPassword !== undefined) {
    process.stdin.write(`${sudoPassword.reveal()}\n`);
    found = await readUntil(process.stderr, [prompt, begun], signal);
    if (found.marker === prompt) throw wrongSudoPassword();
  }
  if (found.marker !== undefined) return;
  const printed = await readUntil(process.stdout, [], signal);
  await process.ended;
  throw sudoRefused(`${printed.before}\n${found.before}`);
}
