import { mkdir, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { InstallerError } from "../../../engine/errors.ts";
import { runLocal } from "../../../engine/local-command.ts";
import { diskPath } from "../disk.ts";

/** Lies beside what the node sees, so that nothing in the node can find or remove it. */
function fillerFolder(lab: string, node: string): string {
  return join(diskPath(lab, node), "filler");
}

/**
 * Takes all free space of the node's disk. The space is only reserved, so the disk's file on this machine does not grow.
 * @throws InstallerError `step-failed` when some is left in the end
 */
export async function fillDisk(lab: string, node: string, signal: AbortSignal): Promise<void> {
  const folder = fillerFolder(lab, node);
  await mkdir(folder, { recursive: true });
  for (let round = 0; round < 20; round += 1) {
    const { bavail, bsize } = await statfs(folder);
    if (bavail === 0) return;
    const bytes = Math.max(bsize, Math.floor(bavail * 0.999) * bsize);
    const file = join(folder, `${Date.now()}-${round}`);
    await runLocal("fallocate", ["--length", String(bytes), file], { signal, allow: [1] });
  }
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize <= 2 ** 20) return;
  throw new InstallerError("step-failed", {
    message: `The disk of ${node} still has ${bavail * bsize} bytes free; the node may be freeing space itself.`,
    node,
    nextSteps: ["run the same command again"],
  });
}

/** Gives the space back. */
export async function freeDisk(lab: string, node: string): Promise<void> {
  await rm(fillerFolder(lab, node), { recursive: true, force: true });
}
