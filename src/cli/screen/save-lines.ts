import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { InstallerError } from "../../engine/errors.ts";
import { privateFileMode } from "../../engine/state-folder.ts";

/**
 * Writes lines to a new file in the current folder, `NAME-TIME.log`, which only its owner can read; gives its path.
 * @throws InstallerError `usage` when it cannot be written there
 */
export async function saveLines(name: string, lines: readonly string[]): Promise<string> {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const path = resolve(`${name.replaceAll(/[^A-Za-z0-9.-]+/g, "-")}-${time}.log`);
  try {
    const file = await open(path, "wx", privateFileMode);
    try {
      await file.writeFile(lines.map((line) => `${line}\n`).join(""));
    } finally {
      await file.close();
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InstallerError("usage", { message: `${path} cannot be written: ${reason}`, cause });
  }
  return path;
}
