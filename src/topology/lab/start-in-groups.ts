import { spawn } from "node:child_process";
import { open } from "node:fs/promises";
import { childEnvironment } from "../../engine/child-environment.ts";
import { InstallerError } from "../../engine/errors.ts";

/** A shell script: joins every group given before `--`, then becomes the program given after it. */
export const joinAndRun =
  'while [ "$1" != -- ]; do echo 0 > "$1/cgroup.procs" || exit 1; shift; done; shift; exec "$@"';

/**
 * Starts a program inside the groups that goes on when this process ends; its output goes to the end of `log`.
 * @returns the process id, which is the program's own
 */
export async function startInGroups(
  groups: readonly string[],
  [program, ...args]: readonly [string, ...string[]],
  { log, env = {} }: { log: string; env?: Readonly<Record<string, string>> },
): Promise<number> {
  const output = await open(log, "a", 0o600);
  try {
    const child = spawn("/bin/sh", ["-c", joinAndRun, "sh", ...groups, "--", program, ...args], {
      detached: true,
      stdio: ["ignore", output.fd, output.fd],
      env: { ...childEnvironment(), ...env },
      cwd: "/",
    });
    await new Promise<void>((resolve, reject) => child.once("spawn", resolve).once("error", reject));
    child.unref();
    if (child.pid === undefined) throw new InstallerError("bug", { message: `${program} has no process id.` });
    return child.pid;
  } finally {
    await output.close();
  }
}
