import { mkdir, open, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { makePrivateFolder, privateFileMode } from "../../engine/state-folder.ts";
import { moveReferences } from "../../preset/move-references.ts";
import { writePreset } from "../../preset/write.ts";
import type { PresetToSave, SavedPreset } from "../../ui/services.ts";
import { keptPresetFile } from "./kept-preset-file.ts";

/** Writes what the wizard has to a file; paths in it lead to the same files as before, wherever the new one is. */
export async function savePreset(preset: PresetToSave, signal?: AbortSignal): Promise<SavedPreset> {
  try {
    const target = await targetOf(preset);
    signal?.throwIfAborted();
    const { draft, folder = process.cwd() } = preset;
    const text = writePreset(moveReferences(draft, folder, dirname(target)));
    if (preset.path === undefined || preset.overwrite === true) await replaceFile(target, text);
    else if (!(await writeNew(target, text))) return { outcome: "exists", path: target };
    return { outcome: "saved", path: target };
  } catch (thrown) {
    signal?.throwIfAborted();
    return { outcome: "failed", reason: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

async function targetOf({ draft, path }: PresetToSave): Promise<string> {
  if (path !== undefined) {
    await mkdir(dirname(expand(path)), { recursive: true });
    return expand(path);
  }
  const kept = keptPresetFile(draft.metadata?.name ?? "");
  await makePrivateFolder(dirname(kept));
  return kept;
}

function expand(path: string): string {
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : resolve(path);
}

/** Whether it was written; not when there is something by this name already. */
async function writeNew(path: string, text: string): Promise<boolean> {
  const file = await open(path, "wx", privateFileMode).catch((thrown: unknown) => {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST") return undefined;
    throw thrown;
  });
  if (file === undefined) return false;
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
  return true;
}

/** The old file stays whole until the new one is. */
async function replaceFile(path: string, text: string): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}`);
  await rm(beside, { force: true });
  await writeNew(beside, text);
  await rename(beside, path);
}
