import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InstallerError } from "../../engine/errors.ts";
import { hasCode, ignoreAbsent } from "./absent.ts";
import { groupPath, type Hierarchy, hierarchies, unified } from "./hierarchies.ts";
import { prefix } from "./names.ts";

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

/** Controllers without which no Kubernetes node works. */
const essential = new Set(["cpu", "cpuset", "memory", "pids"]);

/**
 * Lets the groups below have every controller this one has, one by one, because some machines cannot hand on all.
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html#enabling-and-disabling
 * @throws InstallerError `preflight-failed`
 */
async function handDownControllers(path: string): Promise<void> {
  const words = async (file: string) => (await readFile(join(path, file), "utf8")).split(/\s+/).filter(Boolean);
  const enabled = new Set(await words("cgroup.subtree_control"));
  for (const controller of await words("cgroup.controllers")) {
    if (enabled.has(controller)) continue;
    try {
      await writeFile(join(path, "cgroup.subtree_control"), `+${controller}`);
    } catch (thrown) {
      if (!essential.has(controller) && hasCode(thrown, "EINVAL", "EBUSY", "EOPNOTSUPP")) continue;
      throw new InstallerError("preflight-failed", {
        message: `The control groups below ${path} cannot have the controller ${controller}, which nodes need.`,
        likelyCause: "Processes live in that group itself, as they do inside most containers.",
        nextSteps: ["run the lab on a machine, or in a container whose processes were moved out of its topmost group"],
        cause: thrown,
      });
    }
  }
}

/** @see https://docs.kernel.org/admin-guide/cgroup-v1/cpusets.html */
async function handDownCpuset(parent: string, path: string): Promise<void> {
  for (const file of ["cpuset.cpus", "cpuset.mems"]) {
    const inherited = await readFile(join(parent, file), "utf8").catch(ignoreAbsent);
    if (inherited === undefined) return;
    if ((await readFile(join(path, file), "utf8")).trim() === "") await writeFile(join(path, file), inherited);
  }
}
