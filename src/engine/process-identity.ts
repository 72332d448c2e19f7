import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";

/** A process, told apart from every other that has, had or will have its number. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** Where this number means this process: one boot of one machine and one pid namespace. Only Linux tells. */
  readonly scope?: string;
  /** Clock ticks from boot to its start. Only Linux tells. */
  readonly startTicks?: string;
}

/** This process, as others can recognise it later. */
export async function thisProcess(): Promise<ProcessIdentity> {
  const own = { host: hostname(), pid: process.pid };
  if (process.platform !== "linux") return own;
  const startTicks = await startTicksOf("self");
  return { ...own, scope: await scopeOfPids(), ...(startTicks === undefined ? {} : { startTicks }) };
}

/** Whether the process still runs, as far as one can tell from here; `unknown` for one of another machine. */
export async function stateOfProcess({
  host,
  pid,
  scope,
  startTicks,
}: ProcessIdentity): Promise<"running" | "gone" | "unknown"> {
  const own = await thisProcess();
  if (host !== own.host || scope !== own.scope) return "unknown";
  if (!answersSignals(pid)) return "gone";
  const ticks = scope === undefined ? undefined : await startTicksOf(pid);
  return ticks !== undefined && startTicks !== undefined && ticks !== startTicks ? "gone" : "running";
}

function answersSignals(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return errnoOf(thrown) === "EPERM";
  }
}

async function scopeOfPids(): Promise<string> {
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
  return `${boot.trim()} ${await readlink("/proc/self/ns/pid")}`;
}

/**
 * Field 22 of its stat file; undefined when it may not be read.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
async function startTicksOf(pid: number | "self"): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch (thrown) {
    if (["ENOENT", "ESRCH", "EACCES", "EPERM"].includes(errnoOf(thrown) ?? "")) return undefined;
    throw thrown;
  }
}

function errnoOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && "code" in thrown ? String(thrown.code) : undefined;
}
