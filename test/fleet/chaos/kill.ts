import { cp, mkdir, readdir, readFile, rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import { clusterFolder } from "../../../src/engine/state-folder.ts";
import { runFiles, runsFolder } from "../../../src/report/run-folder.ts";
import type { World } from "./world.ts";

/**
 * What `kill -9` does, as far as the world sees it: no connection is left and nothing more is written. The last line of
 * the journal is torn in the middle for odd values of `torn`. The code of the killed run goes on in this process without
 * reaching anything; what it still writes is taken away by the function this returns.
 */
export async function killInstaller(world: World, { torn }: { torn: number }): Promise<() => Promise<void>> {
  world.cutOff();
  const folder = clusterFolder(world.cluster);
  const kept = `${folder}.kept`;
  await rm(kept, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await cp(folder, kept, { recursive: true });
  return async () => {
    await rm(folder, { recursive: true, force: true });
    await cp(kept, folder, { recursive: true });
    await rm(kept, { recursive: true, force: true });
    if (torn % 2 === 1) await tearLastJournal(world.cluster);
  };
}

async function tearLastJournal(cluster: string): Promise<void> {
  const last = (await readdir(runsFolder(cluster)).catch(() => [])).sort().at(-1);
  if (last === undefined) return;
  const { journal } = runFiles(join(runsFolder(cluster), last));
  const text = await readFile(journal, "utf8").catch(() => "");
  const lines = text.split("\n").length - 1;
  // The first line is written at once with the file, so that no kill tears it.
  if (lines > 1) await truncate(journal, Buffer.byteLength(text) - 7);
}
