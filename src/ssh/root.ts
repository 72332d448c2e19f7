import { randomBytes } from "node:crypto";
import type { Secret } from "../engine/secret.ts";
import { seconds } from "../engine/time.ts";
import { collectProcess } from "./execute.ts";
import { readUntil } from "./read-until.ts";
import { sh } from "./shell.ts";
import { sudoRefused, wrongSudoPassword } from "./sudo-errors.ts";
import type { Command, RemoteProcess, SpawnOptions, Transport } from "./transport.ts";

/** A command running as root, in a process group of its own. */
export interface RootProcess extends RemoteProcess {
  /** The process group on the machine. */
  readonly group: number;
}

/** Starts commands as root, however the login user becomes root. */
export type SpawnRoot = (command: Command, options: SpawnOptions) => Promise<RootProcess>;

/** How long sudo may take to ask or to start; directory services can be slow. */
const sudoDeadline = seconds(60);

/**
 * Gives the way to run commands as root: directly when the login user is root, else through sudo, which gets its
 * password on standard input and only when it asks.
 * @throws InstallerError `sudo-refused` (from the returned function)
 */
export function rootSpawner(transport: Transport, sudoPassword: Secret | undefined): SpawnRoot {
  return async (command, options) => {
    const nonce = randomBytes(9).toString("hex");
    const started = `<started-${nonce}-`;
    const prompt = `<password-${nonce}>`;
    const group = sh`setsid sh -c ${`printf "${started}$$>" >&2; exec sh -c "$1"`} sh ${command.text}; exit "$?"`;
    const sudo =
      sudoPassword === undefined
        ? sh`exec sudo -n -- sh -c ${group.text}`
        : sh`exec sudo -S -p ${prompt} -- sh -c ${group.text}`;
    const process = await transport.spawn(
      sh`export LC_ALL=C; if [ "$(id -u)" -eq 0 ]; then ${group}; else ${sudo}; fi`,
      options,
    );
    const patience = AbortSignal.any([options.signal, AbortSignal.timeout(sudoDeadline)]);
    try {
      let found = await readUntil(process.stderr, [prompt, started], patience);
      if (found.marker === prompt && sudoPassword !== undefined) {
        process.stdin.write(`${sudoPassword.reveal()}\n`);
        found = await readUntil(process.stderr, [prompt, started], patience);
        if (found.marker === prompt) throw wrongSudoPassword();
      }
      if (found.marker === undefined) {
        process.stdout.resume();
        await process.ended;
        throw sudoRefused(found.before);
      }
      const { before } = await readUntil(process.stderr, [">"], patience);
      return Object.assign(process, { group: Number(before) });
    } catch (thrown) {
      process.close();
      process.stdout.resume();
      process.stderr.resume();
      throw thrown;
    }
  };
}

/** Runs single commands as root to their end, each with a login of its own; for input that is too large for a root shell. */
export function rootExecutor(spawnRoot: SpawnRoot): Transport["execute"] {
  return async (command, options) => {
    const process = await spawnRoot(command, { signal: options.signal });
    return collectProcess(process, options, () => endRootGroup(spawnRoot, process.group));
  };
}

/** Ends a process group of root: TERM, up to five seconds of patience, then KILL. */
export async function endRootGroup(spawnRoot: SpawnRoot, group: number): Promise<void> {
  const signal = AbortSignal.timeout(seconds(20));
  const process = await spawnRoot(
    sh`kill -s TERM -- ${-group} 2>/dev/null || exit 0
      left=50
      while kill -s 0 -- ${-group} 2>/dev/null; do
        [ "$left" -gt 0 ] || { kill -s KILL -- ${-group}; exit 0; }
        left=$((left - 1))
        sleep 0.1
      done`,
    { signal, urgent: true },
  );
  process.stdin.end();
  process.stdout.resume();
  process.stderr.resume();
  await process.ended;
}
