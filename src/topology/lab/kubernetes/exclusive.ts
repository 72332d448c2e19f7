import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { runLocal } from "../../../engine/local-command.ts";
import { minutes } from "../../../engine/time.ts";

export interface ExclusiveOptions {
  readonly signal: AbortSignal;
  readonly progress: (line: string) => void;
  /** What the lock is for, e.g. `building Kubernetes`. */
  readonly purpose: string;
}

/** What flock is told to answer when somebody else has the lock. */
const heldByAnother = 75;

/**
 * Does `work` while no other process on this machine does. The lock is the kernel's (flock) on an open file, so it
 * ends with the last process that has the file open, however that ends; a lock file left behind means nothing.
 */
export async function exclusively<T>(
  lockFile: string,
  { signal, progress, purpose }: ExclusiveOptions,
  work: (lock: number) => Promise<T>,
): Promise<T> {
  await mkdir(dirname(lockFile), { recursive: true });
  const handle = await open(lockFile, "a");
  try {
    if (!(await flock(["--nonblock"], handle.fd, signal))) {
      progress(`another process is ${purpose}; waiting for it (lock ${lockFile})`);
      await flock([], handle.fd, signal);
    }
    return await work(handle.fd);
  } finally {
    await handle.close();
  }
}

/** Locks the open file behind the descriptor through util-linux's flock; false when somebody else holds it. */
async function flock(options: readonly string[], descriptor: number, signal: AbortSignal): Promise<boolean> {
  const args = ["--exclusive", "--conflict-exit-code", String(heldByAnother), ...options, "3"];
  const deadline = minutes(120);
  const { exitCode } = await runLocal("flock", args, { signal, deadline, inherit: descriptor, allow: [heldByAnother] });
  return exitCode === 0;
}
