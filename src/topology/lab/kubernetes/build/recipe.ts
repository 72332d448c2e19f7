import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { GuestProgram } from "./compile.ts";
import { imageRecipe } from "./images.ts";
import { ownProgram } from "./own-sources.ts";

/** Raise this when the build changes in a way the fingerprint cannot see. */
const generation = 1;

/** The programs of ours that stand in for what Debian lacks. */
export async function ownPrograms(): Promise<GuestProgram[]> {
  return [await ownProgram("crictl", "crictl"), await ownProgram("coredns", "dns")];
}

/**
 * Changes with everything of ours that goes into a bundle, so that a newer program does not use an outdated one from
 * the cache.
 */
export async function recipeFingerprint(): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([generation, imageRecipe()]));
  for (const { source, files } of await ownPrograms()) {
    const shipped = files.filter((file) => !file.endsWith("_test.go")).sort();
    for (const file of shipped) hash.update(file).update(await readFile(join(source, file)));
  }
  return hash.digest("hex").slice(0, 12);
}
