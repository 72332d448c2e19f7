import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

/** `sha256:…` of a preset as it is now, which tells in the record of a run whether it has changed since. */
export async function presetDigest(file: string): Promise<string> {
  return `sha256:${createHash("sha256")
    .update(await readFile(file))
    .digest("hex")}`;
}
