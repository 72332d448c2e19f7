import { dirname } from "node:path";
import { InstallerError } from "../../engine/errors.ts";
import { runtimeDirectory } from "../../kubernetes/node-paths.ts";
import type { Host } from "../../ssh/host.ts";
import { type Command, sh } from "../../ssh/shell.ts";
import { type LockOwner, lockOwnerSchema } from "./lock-owner.ts";

/** The part of a host the lock needs. */
export type LockHost = Pick<Host, "name" | "run">;

/** Where the lock is on the node; it does not survive a reboot, nor does any run there. */
export const lockFolder = runtimeDirectory;

/** Another run's lock as it was seen. */
export interface HeldLock {
  readonly token: string;
  /** Time of the last sign of life; compared, never read. */
  readonly beat: string;
  /** How long ago that was by the clock of the node, in seconds. */
  readonly age: number;
  /** Absent when what stands in the lock is not known to this version. */
  readonly owner?: LockOwner;
}

/** The lock of another run that may be replaced; with `beat` only as long as it shows no further sign of life. */
export type Replaceable = Pick<HeldLock, "token"> & Partial<Pick<HeldLock, "beat">>;

export interface TakeOptions {
  readonly folder: string;
  readonly token: string;
  readonly owner: LockOwner;
  readonly replace?: Replaceable | undefined;
  readonly signal: AbortSignal;
}

/**
 * Writes the lock when it is free, already this run's own, or the one to replace; each of these is also a sign of life.
 * Otherwise says who holds it. Looking and writing are one act: other runs wait for it, since
 * all of them first lock the folder above.
 */
export async function takeLock(host: LockHost, options: TakeOptions): Promise<HeldLock | undefined> {
  const { folder, token, owner, replace, signal } = options;
  const { stdout } = await host.run(
    guarded(
      folder,
      sh`content=$(cat)
      if [ -e lock ]; then
        token=$(head -n 1 lock)
        beat=$(stat -c %y lock)
        if [ "$token" != ${token} ] && { [ "$token" != ${replace?.token ?? ""} ] || { [ -n ${replace?.beat ?? ""} ] && [ "$beat" != ${replace?.beat ?? ""} ]; }; }; then
          printf '%s\n' held "$token" "$beat" $(($(date +%s) - $(stat -c %Y lock)))
          tail -n +2 lock
          exit
        fi
      fi
      printf '%s\n' "$content" > lock.new && mv lock.new lock && echo taken`,
    ),
    { signal, stdin: `${token}\n${JSON.stringify(owner)}\n` },
  );
  return parseAnswer(`the lock on ${host.name}`, stdout);
}

/** Gives up the lock if it still is this run's, and takes away what a sign of life that was cut off has left. */
export async function dropLock(
  host: LockHost,
  { folder, token, signal }: Omit<TakeOptions, "owner" | "replace">,
): Promise<void> {
  const command = sh`rm -f lock.new
    if [ -e lock ] && [ "$(head -n 1 lock)" = ${token} ]; then rm lock; fi
    cd / && rmdir --ignore-fail-on-non-empty ${folder}`;
  await host.run(guarded(folder, command), { signal });
}

function guarded(folder: string, act: Command): Command {
  return sh`umask 077
    exec 9< ${dirname(folder)} && flock -w 10 9 && mkdir -p ${folder} && cd ${folder} || exit 1
    ${act}`;
}

/** Reads what a command that tried to take a lock printed; undefined when it was taken. */
export function parseAnswer(place: string, output: string): HeldLock | undefined {
  const [answer, token, beat, age, ...content] = output.trimEnd().split("\n");
  if (answer === "taken") return undefined;
  if (answer !== "held" || token === undefined || beat === undefined || !/^-?\d+$/.test(age ?? "")) {
    throw new InstallerError("command-failed", {
      message: `${place} answered what nobody understands: ${JSON.stringify(output.slice(0, 300))}.`,
      likelyCause: "Something on the node prints into the output of every command.",
      nextSteps: ["Run the same command again.", "Look at what root's shell on the node does when it starts."],
    });
  }
  const owner = lockOwnerSchema.safeParse(jsonOf(content.join("\n"))).data;
  return { token, beat, age: Number(age), ...(owner === undefined ? {} : { owner }) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
