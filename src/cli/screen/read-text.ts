import { open } from "node:fs/promises";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { InstallerError } from "../../engine/errors.ts";
import { expandPath, surroundingsOf } from "../../preset/locations.ts";
import { whyUnreadable } from "../../preset/why-unreadable.ts";

/** In bytes: a file with more is no list anybody wrote. */
const mostRead = 1_000_000;

/**
 * The text of a file; `~` is the operator's home, relative paths count from the current folder.
 * @throws InstallerError `usage` when it cannot be read, is no regular file, or is too long
 */
export async function readText(path: string, signal: AbortSignal): Promise<string> {
  const file = expandPath(path, { ...surroundingsOf(resolve(".")), home: homedir() });
  try {
    const handle = await open(file, "r");
    try {
      const state = await handle.stat();
      if (!state.isFile()) throw new Error("it is no file");
      if (state.size > mostRead) throw new Error(`it is longer than ${mostRead / 1_000_000} MB`);
      return await handle.readFile({ encoding: "utf8", signal });
    } finally {
      await handle.close();
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw new InstallerError("usage", { message: `${file} cannot be read: ${whyUnreadable(cause)}`, cause });
  }
}
