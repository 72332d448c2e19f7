import { spawn } from "node:child_process";
import { mkdir, open, readdir, readFile, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InstallerError } from "../../engine/errors.ts";
import { seconds, until } from "../../engine/time.ts";
import { prefix } from "./names.ts";

/** One mounted cgroup hierarchy; on a v1 or hybrid machine there are several. */
export interface Hierarchy {
  readonly mountPoint: string;
  readonly version: 1 | 2;
}

/**
 * Finds the hierarchies in the text of /proc/self/mountinfo, each once.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html
 */
export function parseHierarchies(mountinfo: string): Hierarchy[] {
  const byDevice = new Map<string, Hierarchy>();
  for (const line of mountinfo.split("\n")) {
    const [before = "", after = ""] = line.split(" - ");
    const [, , device = "", , mountPoint = ""] = before.split(" ");
    const [type] = after.split(" ");
    if ((type === "cgroup" || type === "cgroup2") && !byDevice.has(device)) {
      byDevice.set(device, { mountPoint, version: type === "cgroup" ? 1 : 2 });
    }
  }
  return [...byDevice.values()];
}

export async function hierarchies(): Promise<Hierarchy[]> {
  return parseHierarchies(await readFile("/proc/self/mountinfo", "utf8"));
}

/**
 * The v2 hierarchy: nothing inside a node leaves its group there, so it is the handle on everything a node runs.
 * @throws InstallerError `preflight-failed` on a machine that has none mounted
 */
export async function unified(): Promise<string> {
  const found = (await hierarchies()).find(({ version }) => version === 2);
  if (found !== undefined) return found.mountPoint;
  throw new InstallerError("preflight-failed", {
    message: "This machine has no cgroup v2 hierarchy, which the lab needs to hold its nodes together.",
    nextSteps: ["`mkdir -p /sys/fs/cgroup/unified && mount -t cgroup2 none /sys/fs/cgroup/unified`"],
  });
}

/** Where a group of the lab is below a hierarchy's mount point. */
export function groupPath(...parts: readonly string[]): string {
  return join(prefix, ...parts);
}

/** Makes the group in every hierarchy and gives the folders; resources of the parent are handed down. */
export async function makeGroups(...parts: readonly string[]): Promise<string[]> {
  return Promise.all((await hierarchies()).map((hierarchy) => makeGroup(hierarchy, parts)));
}

/** Makes the group in the v2 hierarchy only: enough for a helper process that shall be found and ended. */
export async function makeHandle(...parts: readonly string[]): Promise<string> {
  const path = join(await unified(), groupPath(...parts));
  await mkdir(path, { recursive: true });
  return path;
}

async function makeGroup({ mountPoint, version }: Hierarchy, parts: readonly string[]): Promise<string> {
  let path = mountPoint;
  for (const part of [prefix, ...parts]) {
    if (version === 2) await handDownControllers(path);
    const parent = path;
    path = join(path, part);
    await mkdir(path, { recursive: true });
    if (version === 1) await handDownCpuset(parent, path);
  }
  return path;
}

/** @see https://docs.kernel.org/admin-guide/cgroup-v2.html#enabling-and-disabling */
async function handDownControllers(path: string): Promise<void> {
  const words = async (file: string) => (await readFile(join(path, file), "utf8")).split(/\s+/).filter(Boolean);
  const enabled = new Set(await words("cgroup.subtree_control"));
  const missing = (await words("cgroup.controllers")).filter((controller) => !enabled.has(controller));
  if (missing.length === 0) return;
  await writeFile(join(path, "cgroup.subtree_control"), missing.map((controller) => `+${controller}`).join(" "));
}

/** @see https://docs.kernel.org/admin-guide/cgroup-v1/cpusets.html */
async function handDownCpuset(parent: string, path: string): Promise<void> {
  for (const file of ["cpuset.cpus", "cpuset.mems"]) {
    const inherited = await readFile(join(parent, file), "utf8").catch(ignoreAbsent);
    if (inherited === undefined) return;
    if ((await readFile(join(path, file), "utf8")).trim() === "") await writeFile(join(path, file), inherited);
  }
}

/** Whether any process lives in the group or below it. */
export async function isPopulated(...parts: readonly string[]): Promise<boolean> {
  const events = await readFile(join(await unified(), groupPath(...parts), "cgroup.events"), "utf8").catch(
    ignoreAbsent,
  );
  return events?.includes("populated 1") === true;
}

/** Whether any lab has processes on this machine. */
export async function anyGroups(): Promise<boolean> {
  const entries = await readdir(join(await unified(), prefix), { withFileTypes: true }).catch(ignoreAbsent);
  return (entries ?? []).some((entry) => entry.isDirectory() && !entry.name.startsWith("."));
}

/** Stops (`true`) or continues every process of the group. */
export async function setFrozen(frozen: boolean, ...parts: readonly string[]): Promise<void> {
  const file = join(await unified(), groupPath(...parts), "cgroup.freeze");
  await writeFile(file, frozen ? "1" : "0").catch(ignoreAbsent);
}

export async function isFrozen(...parts: readonly string[]): Promise<boolean> {
  const file = join(await unified(), groupPath(...parts), "cgroup.freeze");
  return (await readFile(file, "utf8").catch(ignoreAbsent))?.trim() === "1";
}

/** Every process of the group and of those below it, in no order. */
export async function processesOf(...parts: readonly string[]): Promise<number[]> {
  const walk = async (path: string): Promise<number[]> => {
    const entries = await readdir(path, { withFileTypes: true }).catch(ignoreAbsent);
    if (entries === undefined) return [];
    const own = (await readFile(join(path, "cgroup.procs"), "utf8").catch(ignoreAbsent)) ?? "";
    const below = await Promise.all(entries.filter((e) => e.isDirectory()).map((e) => walk(join(path, e.name))));
    return [...own.split("\n").filter(Boolean).map(Number), ...below.flat()];
  };
  return walk(join(await unified(), groupPath(...parts)));
}

/** Kills everything in the group and below, waits until it is gone, and takes the group away in every hierarchy. */
export async function removeGroups(signal: AbortSignal, ...parts: readonly string[]): Promise<void> {
  await setFrozen(false, ...parts);
  await writeFile(join(await unified(), groupPath(...parts), "cgroup.kill"), "1").catch(ignoreAbsent);
  const name = parts.join("/");
  await until(
    `the processes of ${name} to end`,
    async () => ((await isPopulated(...parts)) ? { done: false, saw: "some are left" } : { done: true, value: true }),
    { signal, deadline: seconds(30), interval: 20 },
  );
  for (const { mountPoint } of await hierarchies()) await removeTree(join(mountPoint, groupPath(...parts)), signal);
}

/** A group can be busy for a moment after its last process ended. */
async function removeTree(path: string, signal: AbortSignal): Promise<void> {
  await until(
    `the control group ${path} to go`,
    async () => {
      try {
        await removeDepthFirst(path);
        return { done: true, value: true };
      } catch (thrown) {
        if (!hasCode(thrown, "EBUSY")) throw thrown;
        return { done: false, saw: "busy" };
      }
    },
    { signal, deadline: seconds(30), interval: 20 },
  );
}

async function removeDepthFirst(path: string): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true }).catch(ignoreAbsent);
  if (entries === undefined) return;
  for (const entry of entries) if (entry.isDirectory()) await removeDepthFirst(join(path, entry.name));
  await rmdir(path).catch(ignoreAbsent);
}

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
      env: { ...process.env, ...env },
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

function ignoreAbsent(thrown: unknown): undefined {
  if (hasCode(thrown, "ENOENT") || hasCode(thrown, "ENODEV")) return undefined;
  throw thrown;
}

function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === code;
}
