import { readdir, readFile, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { seconds, until } from "../../engine/time.ts";
import { hasCode, ignoreAbsent } from "./absent.ts";
import { groupPath, hierarchies, unified } from "./hierarchies.ts";
import { prefix } from "./names.ts";

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
