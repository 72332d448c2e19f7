import { access, appendFile, readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openBundle } from "../../../src/bundle/open.ts";
import { paxRecord, type RawMember, rawTar, signal, temporaryFolder, writeBundle } from "./samples.ts";

function optionsFor(folder: string) {
  const lines: string[] = [];
  return { cacheDir: join(folder, "cache"), signal, progress: (line: string) => void lines.push(line), lines };
}

test("a directory is used where it is", async () => {
  const folder = await temporaryFolder();
  const path = await writeBundle(folder, "bundle");
  const bundle = await openBundle(path, optionsFor(folder));
  const kubelet = bundle.manifest.binaries.find(({ name }) => name === "kubelet");
  expect(kubelet && bundle.locate(kubelet)).toBe(join(path, "bin/kubelet"));
  await expect(access(join(folder, "cache"))).rejects.toThrow("ENOENT");
});

test("a tar is unpacked once and found again by its digest, under whatever name", async () => {
  const folder = await temporaryFolder();
  const path = await writeBundle(folder, "bundle.tar");
  const options = optionsFor(folder);
  const first = await openBundle(path, options);
  await writeFile(join(folder, "copy.tar"), await readFile(path));
  const second = await openBundle(join(folder, "copy.tar"), options);
  expect(second.directory).toBe(first.directory);
  expect(options.lines).toHaveLength(1);
  expect((await stat(join(first.directory, "bin/kubeadm"))).mode & 0o777).toBe(0o755);
});

test("two at once unpack the same tar without harm", async () => {
  const folder = await temporaryFolder();
  const path = await writeBundle(folder, "bundle.tar");
  const options = optionsFor(folder);
  const opened = await Promise.all([1, 2, 3].map(() => openBundle(path, options)));
  expect(new Set(opened.map(({ directory }) => directory)).size).toBe(1);
  expect(await readdir(join(folder, "cache/bundles"))).toHaveLength(1);
});

test("a copy in the cache that was damaged is unpacked anew", async () => {
  const folder = await temporaryFolder();
  const path = await writeBundle(folder, "bundle.tar");
  const { directory } = await openBundle(path, optionsFor(folder));
  await appendFile(join(directory, "images/etcd.tar"), "x");
  const options = optionsFor(folder);
  await openBundle(path, options);
  expect(options.lines).toHaveLength(1);
});

test("a tar cut off anywhere is refused", async () => {
  const folder = await temporaryFolder();
  const path = await writeBundle(folder, "bundle.tar");
  const { size } = await stat(path);
  for (const length of [size - 1024, size - 5000, size / 2, 512, 100, 0]) {
    await truncate(path, Math.floor(length));
    await expect(openBundle(path, optionsFor(folder))).rejects.toMatchObject({ code: "bundle-invalid" });
  }
  await expect(access(join(folder, "cache"))).rejects.toThrow("ENOENT");
});

const hostile: Record<string, { members: RawMember[]; message: string }> = {
  "a member above the bundle": {
    members: [{ name: "../evil", content: "x" }],
    message: "../evil: leads out of the bundle",
  },
  "a member above the bundle, by way of a folder": {
    members: [{ name: "bin/../../evil", content: "x" }],
    message: "bin/../../evil: leads out of the bundle",
  },
  "a member above the bundle, named in pax additions": {
    members: [
      { name: "additions", type: "x", content: paxRecord("path", "../../evil") },
      { name: "harmless", content: "x" },
    ],
    message: "../../evil: leads out of the bundle",
  },
  "a member above the bundle, with a long GNU name": {
    members: [
      { name: "././@LongLink", type: "L", content: "../../evil\0" },
      { name: "harmless", content: "x" },
    ],
    message: "../../evil: leads out of the bundle",
  },
  "an absolute member": {
    members: [{ name: "/etc/evil", content: "x" }],
    message: "/etc/evil: leads out of the bundle",
  },
  "a symbolic link": {
    members: [{ name: "images/out", type: "2", link: "/etc" }],
    message: "images/out: is a link or a device",
  },
  "a hard link": {
    members: [{ name: "bin/passwd", type: "1", link: "/etc/passwd" }],
    message: "bin/passwd: is a link or a device",
  },
  "a device": { members: [{ name: "bin/sda", type: "4" }], message: "bin/sda: is a link or a device" },
  "a member twice": {
    members: [
      { name: "bundle.yaml", content: "a: 1" },
      { name: "./bundle.yaml", content: "a: 2" },
    ],
    message: "bundle.yaml: is in the tar twice",
  },
  "a name a terminal would act on": {
    members: [{ name: "bin/\u001b[2Jkubelet", type: "2" }],
    message: "bin/?[2Jkubelet: is a link or a device",
  },
};

test.each(Object.entries(hostile))(
  "a tar with %s is refused and nothing is unpacked",
  async (_, { members, message }) => {
    const folder = await temporaryFolder();
    const path = join(folder, "hostile.tar");
    await writeFile(path, rawTar(members));
    await expect(openBundle(path, optionsFor(folder))).rejects.toMatchObject({
      code: "bundle-invalid",
      message: expect.stringContaining(message),
    });
    expect(await readdir(folder)).toEqual(["hostile.tar"]);
  },
);
