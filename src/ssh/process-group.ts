import { randomBytes } from "node:crypto";
import { seconds } from "../engine/time.ts";
import { withGrace } from "./or-abort.ts";
import { readUntil } from "./read-until.ts";
import { type Command, sh } from "./shell.ts";
import type { RemoteProcess, SpawnOptions, Transport } from "./transport.ts";

/** A command running in a process group of its own, so that it can be ended with everything it started. */
export interface GroupedProcess extends RemoteProcess {
  /** The process group on the machine. */
  readonly group: number;
}

/**
 * Starts commands in process groups of their own, as whichever user. A command that has begun when the signal is
 * aborted is still returned, so that the caller can end its group.
 */
export type SpawnGrouped = (command: Command, options: SpawnOptions) => Promise<GroupedProcess>;

/** A command that first tells its process group on stderr and prints a marker on both outputs, to be found there. */
export interface GroupCommand {
  readonly command: Command;
  readonly marker: string;
}

/** How long a command may take to begin (sudo and directory services can be slow), also after an abort. */
export const beginPatience = { grace: seconds(5), deadline: seconds(60) };

/** Wraps a command so that it tells its process group before it begins. */
export function groupCommand(command: Command): GroupCommand {
  const marker = `<group-${randomBytes(9).toString("hex")}-`;
  const tell = `printf "${marker}$$>" >&2; printf "${marker}"; exec sh -c "$1"`;
  // No `exec`: setsid forks when it leads a group already, and then nobody waits for the command.
  return { marker, command: sh`setsid sh -c ${tell} sh ${command.text}; exit "$?"` };
}

/** Reads the number of the process group, which stands behind the marker on stderr. */
export async function readGroup(process: Pick<RemoteProcess, "stderr">, signal: AbortSignal): Promise<number> {
  const { before } = await readUntil(process.stderr, [">"], signal);
  return Number(before);
}

/** Starts commands of the login user in groups. */
export function groupSpawner(spawn: Transport["spawn"]): SpawnGrouped {
  return async (command, options) => {
    const grouped = groupCommand(command);
    const process = await spawn(grouped.command, options);
    try {
      const group = await withGrace(options.signal, beginPatience, async (patience) => {
        const { marker } = await readUntil(process.stderr, [grouped.marker], patience);
        if (marker === undefined) return 0;
        const number = await readGroup(process, patience);
        // What stands before the marker was printed by start-up files of the login shell.
        await readUntil(process.stdout, [grouped.marker], patience);
        return number;
      });
      return Object.assign(process, { group });
    } catch (thrown) {
      abandon(process);
      throw thrown;
    }
  };
}

/** Gives a process up and lets its output run dry, so that its channel is freed. */
export function abandon(process: RemoteProcess): void {
  process.close();
  process.stdout.resume();
  process.stderr.resume();
}

/** Ends a process group: TERM, a second of patience, then KILL. */
export async function endGroup(spawn: SpawnGrouped, group: number): Promise<void> {
  if (group === 0) return;
  const signal = AbortSignal.timeout(seconds(20));
  const process = await spawn(
    sh`kill -s TERM -- ${-group} 2>/dev/null || exit 0
      left=10
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
