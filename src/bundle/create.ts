import { constants } from "node:fs";
import { chmod, copyFile, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InstallerError } from "../engine/errors.ts";
import { type BundleFault, filesUnfit } from "./bundle-fault.ts";
import { digestFile } from "./digest.ts";
import { architectureOf, elfHeaderBytes } from "./elf.ts";
import { readImageArchive } from "./image-archive.ts";
import type { BundleBinary, BundleImage, BundleManifest } from "./manifest.ts";
import { formatManifest, manifestName, parseManifest } from "./parse-manifest.ts";
import { readRegion } from "./region.ts";
import { writeTar } from "./tar/write.ts";

export interface CreateOptions {
  /** `1.20.2`, without `v`. */
  readonly version: string;
  /** Directory with kubeadm, kubelet, kubectl and, when nodes shall get them, crictl and others. */
  readonly binaries: string;
  /** Directory with one tar per image, as `docker save` or OCI tools write them. */
  readonly images: string;
  /** Where the bundle goes: a tar when it ends in `.tar`, else a directory. Must not exist yet. */
  readonly out: string;
  readonly standIns?: BundleManifest["standIns"];
  readonly signal: AbortSignal;
  readonly progress: (line: string) => void;
}

const requiredBinaries = ["kubeadm", "kubelet", "kubectl"];

/**
 * Makes a bundle of binaries and image archives; it appears under its name only when it is whole.
 * @throws InstallerError `usage` when `out` exists, `bundle-invalid` naming everything unfit in the two directories
 */
export async function createBundle(options: CreateOptions): Promise<BundleManifest> {
  const { out, signal, progress } = options;
  await refuseExisting(out);
  const manifest = await describe(options);
  progress(`writing ${out}`);
  const part = `${out}.part-${process.pid}`;
  await mkdir(dirname(part), { recursive: true });
  try {
    if (out.endsWith(".tar")) await writeAsTar(part, manifest, options);
    else await writeAsDirectory(part, manifest, options);
    signal.throwIfAborted();
    await rename(part, out);
  } finally {
    await rm(part, { recursive: true, force: true });
  }
  return manifest;
}

async function refuseExisting(out: string): Promise<void> {
  const exists = await stat(out).then(
    () => true,
    () => false,
  );
  if (exists)
    throw new InstallerError("usage", {
      message: `${out} already exists.`,
      nextSteps: ["name another path with --out", `remove it first: \`rm -r ${out}\``],
    });
}

async function describe({ version, binaries, images, standIns, signal }: CreateOptions): Promise<BundleManifest> {
  const faults: BundleFault[] = [];
  const described: Described = { binaries: [], images: [], architectures: new Set() };
  const names = await listFiles(binaries, faults);
  for (const name of requiredBinaries)
    if (!names.includes(name)) faults.push({ path: join(binaries, name), problem: "is missing" });
  for (const name of names) await addBinary(join(binaries, name), name, described, faults, signal);
  for (const name of await listFiles(images, faults))
    await addImage(join(images, name), name, described, faults, signal);
  const [architecture = "unknown", ...others] = described.architectures;
  if (others.length > 0)
    faults.push({ path: "architecture", problem: `files for ${[architecture, ...others].join(" and ")} are mixed` });
  const manifest: BundleManifest = {
    apiVersion: "kube-installer/v1",
    kind: "Bundle",
    version: version.replace(/^v/, ""),
    architecture,
    binaries: described.binaries,
    images: described.images,
    standIns: standIns ?? [],
  };
  faults.push(...(parseManifest(formatManifest(manifest)).faults ?? []));
  if (faults.length > 0) throw filesUnfit(faults);
  return manifest;
}

interface Described {
  readonly binaries: BundleBinary[];
  readonly images: BundleImage[];
  readonly architectures: Set<string>;
}

async function listFiles(directory: string, faults: BundleFault[]): Promise<string[]> {
  try {
    const names = (await readdir(directory)).filter((name) => !name.startsWith(".")).sort();
    if (names.length === 0) faults.push({ path: directory, problem: "is empty" });
    return names;
  } catch (cause) {
    faults.push({ path: directory, problem: cause instanceof Error ? cause.message : String(cause) });
    return [];
  }
}

async function addBinary(
  file: string,
  name: string,
  described: Described,
  faults: BundleFault[],
  signal: AbortSignal,
): Promise<void> {
  const digest = await digestFile(file, signal);
  const architecture = architectureOf(await readRegion({ file, offset: 0, bytes: digest.bytes }, elfHeaderBytes));
  if (architecture === undefined) faults.push({ path: file, problem: "is not a Linux executable" });
  else described.architectures.add(architecture);
  described.binaries.push({ name, path: `bin/${name}`, ...digest });
}

async function addImage(
  file: string,
  name: string,
  described: Described,
  faults: BundleFault[],
  signal: AbortSignal,
): Promise<void> {
  try {
    const digest = await digestFile(file, signal);
    const archive = await readImageArchive({ file, offset: 0, bytes: digest.bytes });
    for (const architecture of archive.architectures) described.architectures.add(architecture);
    described.images.push({ names: archive.names, path: `images/${name}`, ...digest });
  } catch (cause) {
    signal.throwIfAborted();
    faults.push({ path: file, problem: cause instanceof Error ? cause.message : String(cause) });
  }
}

async function writeAsTar(part: string, manifest: BundleManifest, { binaries, images, signal }: CreateOptions) {
  const inputs = [
    { name: manifestName, content: Buffer.from(formatManifest(manifest)) },
    ...manifest.binaries.map(({ path, name }) => ({ name: path, file: join(binaries, name), mode: 0o755 })),
    ...manifest.images.map(({ path }) => ({ name: path, file: join(images, path.slice("images/".length)) })),
  ];
  await writeTar(part, inputs, signal);
}

async function writeAsDirectory(part: string, manifest: BundleManifest, { binaries, images, signal }: CreateOptions) {
  await mkdir(join(part, "bin"), { recursive: true });
  await mkdir(join(part, "images"));
  for (const { path, name } of manifest.binaries) {
    signal.throwIfAborted();
    await copyFile(join(binaries, name), join(part, path), constants.COPYFILE_FICLONE);
    await chmod(join(part, path), 0o755);
  }
  for (const { path } of manifest.images) {
    signal.throwIfAborted();
    await copyFile(join(images, path.slice("images/".length)), join(part, path), constants.COPYFILE_FICLONE);
    await chmod(join(part, path), 0o644);
  }
  await writeFile(join(part, manifestName), formatManifest(manifest));
}
