import { cp, mkdir, rename, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { digestFile } from "../../../../bundle/digest.ts";
import type { Layer } from "../../../../bundle/docker-archive.ts";
import { minutes } from "../../../../engine/time.ts";
import { sh } from "../../../../ssh/shell.ts";
import { runCommand } from "../run-command.ts";
import type { Work } from "../work.ts";

/** What a layer is made of: files of this machine, contents of Debian packages, symbolic links. */
export interface LayerContent {
  /** Path in the image → file on this machine. */
  readonly files?: Readonly<Record<string, string>>;
  readonly packages?: readonly string[];
  /** Path in the image → where the link points. */
  readonly links?: Readonly<Record<string, string>>;
  readonly directories?: readonly string[];
}

/** Parts of Debian packages no program in an image reads. */
const leftOut = ["./usr/share", "./usr/sbin/*legacy*", "./usr/bin/iptables-xml", "*/gconv", "*/systemd"];

/** Makes a layer `NAME.tar` in `directory`; the same content gives the same bytes. */
export async function makeLayer(name: string, content: LayerContent, directory: string, work: Work): Promise<Layer> {
  const root = join(directory, `${name}.root`);
  await rm(root, { recursive: true, force: true });
  await mkdir(root, { recursive: true });
  for (const path of content.directories ?? []) await mkdir(join(root, path), { recursive: true });
  for (const [path, target] of Object.entries(content.links ?? {})) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await symlink(target, join(root, path));
  }
  for (const deb of content.packages ?? []) await unpackPackage(deb, root, work);
  for (const [path, source] of Object.entries(content.files ?? {})) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await cp(source, join(root, path));
  }
  const file = join(directory, `${name}.tar`);
  const options = ["--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mtime=@0", "--format=gnu"];
  await runCommand(
    { program: "tar", args: [...options, "-C", root, "-cf", `${file}.part`, "."], deadline: minutes(5) },
    work,
  );
  await rename(`${file}.part`, file);
  await rm(root, { recursive: true });
  return { file, sha256: (await digestFile(file, work.signal)).sha256 };
}

/** Unpacks through the links /bin, /lib, … so that all of Debian lands below /usr, as on an installed system. */
async function unpackPackage(deb: string, root: string, work: Work): Promise<void> {
  const exclude = leftOut.map((pattern) => `--exclude=${pattern}`);
  const { text } =
    sh`dpkg-deb --fsys-tarfile ${deb} | tar -x --keep-directory-symlink --no-same-owner ${exclude} -C ${root}`;
  await runCommand({ program: "bash", args: ["-o", "pipefail", "-c", text], deadline: minutes(2) }, work);
}
