import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createBundle } from "../../../src/bundle/create.ts";
import { verifyBundle } from "../../../src/bundle/verify.ts";
import { executable, signal, temporaryFolder, writeImage, writeIngredients } from "./samples.ts";

const common = { version: "1.20.2", signal, progress: () => {} };

test("a bundle names every file with its size and sha256", async () => {
  const folder = await temporaryFolder();
  const ingredients = await writeIngredients(folder);
  const out = join(folder, "bundle");
  const manifest = await createBundle({ ...common, ...ingredients, out });

  expect(manifest).toMatchObject({ version: "1.20.2", architecture: "amd64", standIns: [] });
  expect(manifest.binaries.map(({ name }) => name)).toEqual(["crictl", "kubeadm", "kubectl", "kubelet"]);
  expect(manifest.images.map(({ names }) => names)).toEqual([["k8s.gcr.io/etcd:3.4.13-0"], ["k8s.gcr.io/pause:3.2"]]);
  for (const { path, sha256, bytes } of [...manifest.binaries, ...manifest.images]) {
    expect(execFileSync("sha256sum", [join(out, path)], { encoding: "utf8" }).slice(0, 64)).toBe(sha256);
    expect((await stat(join(out, path))).size).toBe(bytes);
  }
  expect((await stat(join(out, "bin/kubelet"))).mode & 0o777).toBe(0o755);
  expect((await verifyBundle(out, signal)).manifest).toEqual(manifest);
});

test("as a tar it is the same, and the same files give the same bytes", async () => {
  const folder = await temporaryFolder();
  const ingredients = await writeIngredients(folder);
  for (const name of ["one.tar", "two.tar"]) await createBundle({ ...common, ...ingredients, out: join(folder, name) });
  const directory = await createBundle({ ...common, ...ingredients, out: join(folder, "bundle") });

  expect(await readFile(join(folder, "one.tar"))).toEqual(await readFile(join(folder, "two.tar")));
  expect((await verifyBundle(join(folder, "one.tar"), signal)).manifest).toEqual(directory);
});

test("tar itself reads it", async () => {
  const folder = await temporaryFolder();
  const out = join(folder, "bundle.tar");
  await createBundle({ ...common, ...(await writeIngredients(folder)), out });
  await mkdir(join(folder, "by-tar"));
  execFileSync("tar", ["-xf", out, "-C", join(folder, "by-tar")]);
  expect((await verifyBundle(join(folder, "by-tar"), signal)).manifest.version).toBe("1.20.2");
});

test("everything unfit is named at once, and nothing is left behind", async () => {
  const folder = await temporaryFolder();
  const { binaries, images } = await writeIngredients(folder);
  await rm(join(binaries, "kubelet"));
  await writeFile(join(binaries, "kubectl"), "#!/bin/sh\n");
  await writeFile(join(binaries, "crictl"), executable("crictl", 0xb7));
  await writeFile(join(images, "notes.txt"), "not an image");
  await writeImage(join(images, "arm.tar"), "k8s.gcr.io/kube-proxy:v1.20.2", "arm64");
  const out = join(folder, "out", "bundle");

  await expect(createBundle({ ...common, binaries, images, out })).rejects.toMatchObject({
    code: "bundle-invalid",
    exitCode: 2,
    message: [
      "No bundle can be made of these files:",
      `  ${binaries}/kubelet: is missing`,
      `  ${binaries}/kubectl: is not a Linux executable`,
      `  ${images}/notes.txt: the tar is truncated`,
      "  architecture: files for arm64 and amd64 are mixed",
    ].join("\n"),
  });
  expect(await readdir(folder)).toEqual(["given-binaries", "given-images"]);
});

test("an existing path is not written over", async () => {
  const folder = await temporaryFolder();
  const ingredients = await writeIngredients(folder);
  await expect(createBundle({ ...common, ...ingredients, out: ingredients.images })).rejects.toMatchObject({
    code: "usage",
    message: `${ingredients.images} already exists.`,
  });
});

test("an interrupted creation leaves nothing under the bundle's name", async () => {
  const folder = await temporaryFolder();
  const ingredients = await writeIngredients(folder);
  const out = join(folder, "bundle.tar");
  await expect(createBundle({ ...common, ...ingredients, out, signal: AbortSignal.abort() })).rejects.toThrow();
  expect(await readdir(folder)).toEqual(["given-binaries", "given-images"]);
});
