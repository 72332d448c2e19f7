import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { createBundle } from "../../../src/bundle/create.ts";
import { digestFile } from "../../../src/bundle/digest.ts";
import { imageConfig, writeDockerArchive } from "../../../src/bundle/docker-archive.ts";
import { fileHeader, paddingOf } from "../../../src/bundle/tar/header.ts";

export const signal = new AbortController().signal;

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bundle-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The first bytes of a Linux executable for amd64 (0x3e) or arm64 (0xb7), and something to tell files apart. */
export function executable(name: string, machine = 0x3e): Buffer {
  const header = Buffer.alloc(64);
  header.write("\x7fELF\x02\x01\x01", 0, "latin1");
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(machine, 18);
  return Buffer.concat([header, Buffer.from(`this is ${name}\n`.repeat(50))]);
}

export async function writeImage(file: string, name: string, architecture = "amd64"): Promise<void> {
  const layer = `${file}.layer`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(layer, rawTar([{ name: "etc/motd", content: `hello from ${name}` }]));
  const layers = [{ file: layer, sha256: (await digestFile(layer, signal)).sha256 }];
  const config = imageConfig({ architecture, entrypoint: ["/bin/true"], createdBy: "a test" }, layers);
  await writeDockerArchive(file, { names: [name], config, layers }, signal);
  await rm(layer);
}

export interface Ingredients {
  readonly binaries: string;
  readonly images: string;
}

/** Two folders a bundle can be made of. */
export async function writeIngredients(folder: string): Promise<Ingredients> {
  const [binaries, images] = [join(folder, "given-binaries"), join(folder, "given-images")];
  await mkdir(binaries, { recursive: true });
  for (const name of ["kubeadm", "kubelet", "kubectl", "crictl"])
    await writeFile(join(binaries, name), executable(name));
  await writeImage(join(images, "pause.tar"), "k8s.gcr.io/pause:3.2");
  await writeImage(join(images, "etcd.tar"), "k8s.gcr.io/etcd:3.4.13-0");
  return { binaries, images };
}

/** A small bundle at `FOLDER/NAME`. */
export async function writeBundle(folder: string, name: string): Promise<string> {
  const out = join(folder, name);
  await createBundle({ version: "1.20.2", ...(await writeIngredients(folder)), out, signal, progress: () => {} });
  return out;
}

export interface RawMember {
  readonly name: string;
  readonly content?: string | Buffer;
  /** Type flag: `0` file, `1` hard link, `2` symbolic link, `3` device, `5` directory, `x` pax additions. */
  readonly type?: string;
  readonly link?: string;
}

/** A tar with whatever members a test wants, also such as no honest program writes. */
export function rawTar(members: readonly RawMember[]): Buffer {
  const blocks = members.flatMap(({ name, content = "", type = "0", link = "" }) => {
    const body = Buffer.from(content);
    const header = fileHeader(name, body.length, 0o644);
    header.write(type, 156, "latin1");
    header.write(link, 157, "utf8");
    header.fill(" ", 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
    return [header, body, Buffer.alloc(paddingOf(body.length))];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** A pax record such as `21 path=../../evil\n`; the number counts itself. */
export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length += 1;
  return `${length}${rest}`;
}
