import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { InstallerError } from "../engine/errors.ts";
import { commandFailed } from "./command-failed.ts";
import { sh } from "./shell.ts";
import type { Execute } from "./upload.ts";

/**
 * Copies a file of the machine to a local path (`PATH.part` first, 0600 unless told), compared by its sha256.
 * @throws InstallerError `command-failed`, `upload-damaged`
 */
export async function downloadThroughCat(
  execute: Execute,
  path: string,
  localPath: string,
  { signal, mode = 0o600 }: { signal: AbortSignal; mode?: number },
): Promise<void> {
  const part = `${localPath}.part`;
  await rm(part, { force: true });
  const file = openSync(part, "wx", mode);
  const hash = createHash("sha256");
  try {
    const command = sh`sha256sum <${path} >&2 && exec cat -- ${path}`;
    const result = await execute(command, {
      signal,
      keep: 4096,
      onData(chunk, stream) {
        if (stream === "stderr") return;
        hash.update(chunk);
        for (let written = 0; written < chunk.length; ) written += writeSync(file, chunk, written);
      },
    });
    if (result.exitCode !== 0) throw commandFailed(command, result);
    const expected = result.stderr.trim().split(/\s/, 1)[0];
    if (expected !== hash.digest("hex")) {
      throw new InstallerError("upload-damaged", {
        message: `${path} changed while it was being fetched.`,
        nextSteps: ["Run the same command again."],
      });
    }
  } catch (thrown) {
    await rm(part, { force: true });
    throw thrown;
  } finally {
    closeSync(file);
  }
  await rename(part, localPath);
}
