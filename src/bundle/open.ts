import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pipeToFile } from "../engine/pipe-to-file.ts";
import { digestFile } from "./digest.ts";
import type { Bundle } from "./manifest.ts";
import { streamRegion } from "./region.ts";
import { type VerifiedBundle, verifyBundle } from "./verify.ts";

export interface OpenOptions {
  /** Where tars are unpacked, once each, under their digest. */
  readonly cacheDir: string;
  readonly signal: AbortSignal;
  readonly progress: (line: string) => void;
}

/** A verified bundle and the directory that has its files. */
export interface OpenedBundle extends Bundle {
  readonly directory: string;
}

/**
 * Opens a bundle for use: a directory as it is, a tar unpacked into the cache. Every digest is checked each time,
 * because a damaged bundle must be found before it reaches a node.
 * @throws InstallerError `bundle-invalid`
 */
export async function openBundle(path: string, options: OpenOptions): Promise<OpenedBundle> {
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (isFile) return unpackOnce(path, options);
  return opened(await verifyBundle(path, options.signal), path);
}

function opened({ manifest }: VerifiedBundle, path: string): OpenedBundle {
  const directory = resolve(path);
  return { manifest, directory, locate: (file) => join(directory, file.path) };
}

async function unpackOnce(tar: string, { cacheDir, signal, progress }: OpenOptions): Promise<OpenedBundle> {
  const { sha256 } = await digestFile(tar, signal);
  const directory = join(cacheDir, "bundles", `sha256-${sha256}`);
  const before = await openIntact(directory, signal);
  if (before !== undefined) return before;
  const verified = await verifyBundle(tar, signal);
  progress(`unpacking ${tar} into ${directory}`);
  const part = `${directory}.part-${randomUUID()}`;
  try {
    await unpack(verified, part, signal);
    await publish(part, directory, signal);
  } finally {
    await rm(part, { recursive: true, force: true });
  }
  return opened(await verifyBundle(directory, signal), directory);
}

/** Gives an unpacked copy its name, unless another process was first; only a damaged copy has to give way. */
async function publish(part: string, directory: string, signal: AbortSignal): Promise<void> {
  try {
    await rename(part, directory);
  } catch (thrown) {
    if (!isTaken(thrown)) throw thrown;
    if ((await openIntact(directory, signal)) !== undefined) return;
    const damaged = `${part}.damaged`;
    await rename(directory, damaged);
    await rename(part, directory);
    await rm(damaged, { recursive: true });
  }
}

function isTaken(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && (thrown.code === "ENOTEMPTY" || thrown.code === "EEXIST");
}

/** A whole copy that an earlier run or another process has unpacked. */
async function openIntact(directory: string, signal: AbortSignal): Promise<OpenedBundle | undefined> {
  return verifyBundle(directory, signal).then(
    (verified) => opened(verified, directory),
    () => undefined,
  );
}

async function unpack({ manifest, members }: VerifiedBundle, directory: string, signal: AbortSignal): Promise<void> {
  const executable = new Set(manifest.binaries.map(({ path }) => path));
  for (const [path, region] of members.files) {
    const target = join(directory, path);
    await mkdir(dirname(target), { recursive: true });
    const mode = executable.has(path) ? 0o755 : 0o644;
    await pipeToFile(streamRegion(region), target, { signal, mode, flags: "wx" });
  }
}
