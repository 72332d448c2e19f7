import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { runLocal } from "../../engine/local-command.ts";
import { nodeFolder } from "./inventory.ts";

/** How large a node's disk is; it takes only what is written to it. */
const diskBytes = 40 * 2 ** 30;

/** Folders that need a real file system below them, because an overlay cannot lie on an overlay. */
const dataFolders = ["containerd", "kubelet", "etcd", "docker"] as const;

/** A node's disk while it is mounted. */
export interface NodeDisk {
  /** The root file system the node sees. */
  readonly root: string;
  /** Folders to mount into the node: path here, path there. */
  readonly binds: readonly (readonly [string, string])[];
}

/** Where a node's disk is mounted on this machine. */
export function diskPath(lab: string, node: string): string {
  return join(nodeFolder(lab, node), "disk");
}

export function rootPath(lab: string, node: string): string {
  return join(nodeFolder(lab, node), "root");
}

/**
 * Mounts the node's disk, making it first when there is none: a sparse file with ext4, so that the node can fill its
 * disk without filling this machine's. The base image lies below it, shared and read-only.
 */
export async function mountDisk(lab: string, node: string, base: string, signal: AbortSignal): Promise<NodeDisk> {
  const folder = nodeFolder(lab, node);
  const image = join(folder, "disk.img");
  const [disk, root] = [diskPath(lab, node), rootPath(lab, node)];
  await mkdir(disk, { recursive: true });
  await mkdir(root, { recursive: true });
  if (!(await isFile(image))) await makeImage(image, signal);
  await runLocal("mount", ["-o", "loop,discard,noatime", image, disk], { signal });
  for (const name of ["upper", "work", ...dataFolders]) await mkdir(join(disk, name), { recursive: true });
  const layers = `lowerdir=${base},upperdir=${join(disk, "upper")},workdir=${join(disk, "work")}`;
  await runLocal("mount", ["-t", "overlay", "-o", layers, "overlay", root], { signal });
  for (const name of dataFolders) await mkdir(join(root, "var/lib", name), { recursive: true });
  return { root, binds: dataFolders.map((name) => [join(disk, name), `/var/lib/${name}`] as const) };
}

/** A journal would only cost: the file system is never cut off, not even when the node is. */
async function makeImage(image: string, signal: AbortSignal): Promise<void> {
  const part = `${image}.part`;
  await rm(part, { force: true });
  const file = await open(part, "w", 0o600);
  await file.truncate(diskBytes).finally(() => file.close());
  await runLocal("mkfs.ext4", ["-q", "-m", "0", "-O", "^has_journal", "-E", "lazy_itable_init=1", part], { signal });
  await rename(part, image);
}

/** Every mount point at or below the folder, innermost first. */
export function mountPointsBelow(mountinfo: string, folder: string): string[] {
  return mountPoints(mountinfo)
    .filter((path) => path === folder || path.startsWith(`${folder}/`))
    .reverse();
}

/** The folders of a lab that something is mounted in: also those made under another `XDG_STATE_HOME`. */
export function mountedLabFolders(mountinfo: string, lab: string): string[] {
  const end = `/kube-installer/labs/${lab}`;
  const folders = mountPoints(mountinfo).flatMap((path) => {
    const at = path.indexOf(`${end}/nodes/`);
    return at < 0 ? [] : [path.slice(0, at + end.length)];
  });
  return [...new Set(folders)];
}

function mountPoints(mountinfo: string): string[] {
  const plain = (text: string) =>
    text.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8)));
  return mountinfo.split("\n").map((line) => plain(line.split(" ")[4] ?? ""));
}

/** Takes away every mount of a lab, wherever its folder is. */
export async function unmountLab(lab: string, signal: AbortSignal): Promise<void> {
  const mountinfo = await readFile("/proc/self/mountinfo", "utf8");
  for (const folder of mountedLabFolders(mountinfo, lab)) await unmountBelow(folder, signal);
}

/** Takes away every mount at or below the folder. */
export async function unmountBelow(folder: string, signal: AbortSignal): Promise<void> {
  for (const path of mountPointsBelow(await readFile("/proc/self/mountinfo", "utf8"), folder)) {
    await runLocal("umount", [path], { signal });
  }
}

async function isFile(path: string): Promise<boolean> {
  return open(path).then(
    (file) => file.close().then(() => true),
    () => false,
  );
}
