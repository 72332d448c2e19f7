import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InstallerError } from "../../engine/errors.ts";
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
