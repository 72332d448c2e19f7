import { stat } from "node:fs/promises";
import { join } from "node:path";
import { digestFile } from "../../bundle/digest.ts";
import { InstallerError } from "../../engine/errors.ts";
import { nodeBinaries } from "../../kubernetes/images.ts";
import type { Program } from "./program.ts";

/**
 * The programs in a folder of this machine; crictl is optional, because some Kubernetes releases do without.
 * @throws InstallerError `kubernetes-unavailable` with everything that is missing
 */
export async function localPrograms(folder: string, signal: AbortSignal): Promise<readonly Program[]> {
  const found = await Promise.all(
    [...nodeBinaries, "crictl"].map(async (name) => {
      const localPath = join(folder, name);
      const there = await stat(localPath).then(
        (file) => file.isFile(),
        () => false,
      );
      return there ? { name, localPath, sha256: (await digestFile(localPath, signal)).sha256 } : undefined;
    }),
  );
  const programs = found.filter((program) => program !== undefined);
  const lacking = nodeBinaries.filter((name) => !programs.some((program) => program.name === name));
  if (lacking.length === 0) return programs;
  throw new InstallerError("kubernetes-unavailable", {
    message: `${folder} has no ${lacking.join(", no ")}.`,
    nextSteps: [`put ${nodeBinaries.join(", ")} and crictl into ${folder}`, "or name another folder in the preset"],
  });
}
