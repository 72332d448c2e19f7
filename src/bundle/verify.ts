import { stat } from "node:fs/promises";
import { type BundleFault, bundleInvalid } from "./bundle-fault.ts";
import { digestRegion } from "./digest.ts";
import { architectureOf, elfHeaderBytes } from "./elf.ts";
import { readImageArchive } from "./image-archive.ts";
import type { BundleBinary, BundleImage, BundleManifest } from "./manifest.ts";
import { type Members, membersOfDirectory, membersOfTar } from "./members.ts";
import { manifestName, parseManifest } from "./parse-manifest.ts";
import { type Region, readRegion } from "./region.ts";

/** A bundle whose every file is what its manifest says. */
export interface VerifiedBundle {
  readonly manifest: BundleManifest;
  readonly members: Members;
}

/**
 * Compares every file of a bundle, directory or tar, with its manifest; nothing is unpacked or changed.
 * @throws InstallerError `bundle-invalid`, naming every fault at once
 */
export async function verifyBundle(path: string, signal: AbortSignal): Promise<VerifiedBundle> {
  const members = await listMembers(path);
  const text = members.files.get(manifestName);
  if (text === undefined) throw bundleInvalid(path, [...members.faults, { path: manifestName, problem: "is missing" }]);
  const parsed = parseManifest((await readRegion(text)).toString("utf8"));
  if (parsed.manifest === undefined) throw bundleInvalid(path, [...members.faults, ...parsed.faults]);
  const { manifest } = parsed;
  const faults = [...members.faults, ...extraFiles(manifest, members)];
  for (const binary of manifest.binaries) faults.push(...(await binaryFaults(binary, manifest, members, signal)));
  for (const image of manifest.images) faults.push(...(await imageFaults(image, manifest, members, signal)));
  if (faults.length > 0) throw bundleInvalid(path, faults);
  return { manifest, members };
}

async function listMembers(path: string): Promise<Members> {
  try {
    return (await stat(path)).isDirectory() ? await membersOfDirectory(path) : await membersOfTar(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw bundleInvalid(path, [{ path: "the bundle as a whole", problem: reason }], cause);
  }
}

function extraFiles({ binaries, images }: BundleManifest, { files }: Members): BundleFault[] {
  const known = new Set([manifestName, ...[...binaries, ...images].map((file) => file.path)]);
  return [...files.keys()]
    .filter((path) => !known.has(path))
    .map((path) => ({ path, problem: `is not named in ${manifestName}` }));
}

async function binaryFaults(
  binary: BundleBinary,
  manifest: BundleManifest,
  members: Members,
  signal: AbortSignal,
): Promise<BundleFault[]> {
  const { path } = binary;
  const { faults, region } = await contentFaults(binary, members, signal);
  if (region === undefined) return faults;
  const found = architectureOf(await readRegion(region, elfHeaderBytes));
  if (found === manifest.architecture) return faults;
  const problem = found === undefined ? "is not a Linux executable" : `is for ${found}`;
  return [...faults, { path, problem: `${problem}; the bundle is for ${manifest.architecture}` }];
}

async function imageFaults(
  image: BundleImage,
  manifest: BundleManifest,
  members: Members,
  signal: AbortSignal,
): Promise<BundleFault[]> {
  const { path } = image;
  const { faults, region } = await contentFaults(image, members, signal);
  if (region === undefined || faults.length > 0) return faults;
  try {
    const { names, architectures } = await readImageArchive(region);
    if ([...names].sort().join() !== [...image.names].sort().join())
      faults.push({ path, problem: `holds ${names.join(", ")}; ${manifestName} says ${image.names.join(", ")}` });
    if (!architectures.includes(manifest.architecture))
      faults.push({ path, problem: `is for ${architectures.join(", ")}; the bundle is for ${manifest.architecture}` });
  } catch (cause) {
    faults.push({ path, problem: cause instanceof Error ? cause.message : String(cause) });
  }
  return faults;
}

/** What differs between a file and its entry in the manifest; without a region when there is no such file. */
async function contentFaults(
  wanted: { readonly path: string; readonly sha256: string; readonly bytes: number },
  { files }: Members,
  signal: AbortSignal,
): Promise<{ faults: BundleFault[]; region?: Region }> {
  const { path } = wanted;
  const region = files.get(path);
  if (region === undefined) return { faults: [{ path, problem: "is missing" }] };
  if (region.bytes !== wanted.bytes) {
    const kind = region.bytes < wanted.bytes ? "is truncated" : "is too long";
    return { faults: [{ path, problem: `${kind}: ${region.bytes} bytes instead of ${wanted.bytes}` }], region };
  }
  const found = await digestRegion(region, signal);
  if (found.sha256 === wanted.sha256) return { faults: [], region };
  return { faults: [{ path, problem: `has sha256 ${found.sha256} instead of ${wanted.sha256}` }], region };
}
