import { lstat, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { BundleFault } from "./bundle-fault.ts";
import type { Region } from "./region.ts";
import { listTar } from "./tar/read.ts";

/** The files of a bundle by their path in it, wherever they lie, and what is there besides plain files. */
export interface Members {
  readonly files: ReadonlyMap<string, Region>;
  readonly faults: readonly BundleFault[];
}

/** Lists the files of a bundle that is a directory; links are not followed. */
export async function membersOfDirectory(directory: string): Promise<Members> {
  const files = new Map<string, Region>();
  const faults: BundleFault[] = [];
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const path = relative(directory, file).split(sep).join("/");
    if (entry.isFile()) files.set(path, { file, offset: 0, bytes: (await lstat(file)).size });
    else if (!entry.isDirectory()) faults.push({ path, problem: "is neither a plain file nor a directory" });
  }
  return { files, faults };
}

/**
 * Lists the files of a bundle that is a tar, without unpacking it.
 * @throws Error when it is no tar or a damaged one
 */
export async function membersOfTar(file: string): Promise<Members> {
  const { size } = await lstat(file);
  const files = new Map<string, Region>();
  const faults: BundleFault[] = [];
  for (const { name, kind, content } of await listTar({ file, offset: 0, bytes: size })) {
    const path = name.replace(/^\.\//, "").replace(/\/$/, "");
    if (kind === "other") faults.push({ path, problem: "is a link or a device, which a bundle must not have" });
    else if (leadsOutside(path)) faults.push({ path, problem: "leads out of the bundle" });
    else if (kind === "file" && files.has(path)) faults.push({ path, problem: "is in the tar twice" });
    else if (kind === "file") files.set(path, content);
  }
  return { files, faults };
}

function leadsOutside(path: string): boolean {
  return path.startsWith("/") || path.split(/[/\\]/).includes("..") || path.includes("\0");
}
