import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { recipeFingerprint } from "../../../../../src/topology/lab/kubernetes/build/recipe.ts";
import { provideKubernetes } from "../../../../../src/topology/lab/kubernetes/provide-kubernetes.ts";
import { signal, temporaryFolder, writeBundle } from "../../../bundle/samples.ts";

const nowhere = {
  binaries: "http://127.0.0.1:1",
  criTools: "http://127.0.0.1:1",
  registry: () => "http://127.0.0.1:1",
};

function optionsFor(folder: string) {
  const lines: string[] = [];
  const progress = (line: string) => void lines.push(line);
  return { version: "1.20.2", cacheDir: join(folder, "cache"), sources: nowhere, signal, progress, lines };
}

test("the bundle the operator names comes first, a directory as it is, a tar unpacked", async () => {
  const folder = await temporaryFolder();
  const directory = await writeBundle(folder, "bundle");
  expect(await provideKubernetes({ ...optionsFor(folder), bundle: directory })).toBe(directory);
  const tar = await writeBundle(folder, "bundle.tar");
  expect(await provideKubernetes({ ...optionsFor(folder), bundle: tar })).toMatch(/cache\/bundles\/sha256-/);
});

test("a named bundle of another version is refused", async () => {
  const folder = await temporaryFolder();
  const bundle = await writeBundle(folder, "bundle");
  await expect(provideKubernetes({ ...optionsFor(folder), version: "1.20.3", bundle })).rejects.toMatchObject({
    code: "bundle-invalid",
    message: `The bundle ${bundle} is for Kubernetes 1.20.2, but 1.20.3 is wanted.`,
  });
});

test("a damaged named bundle is refused, not replaced", async () => {
  const folder = await temporaryFolder();
  const bundle = await writeBundle(folder, "bundle");
  await rm(join(bundle, "bin/kubelet"));
  const options = optionsFor(folder);
  await expect(provideKubernetes({ ...options, bundle })).rejects.toMatchObject({ code: "bundle-invalid" });
  expect(options.lines).toEqual([]);
});

test("what an earlier run made is used at once", async () => {
  const folder = await temporaryFolder();
  const options = optionsFor(folder);
  const cached = join(options.cacheDir, "bundles", `kubernetes-1.20.2-${await recipeFingerprint()}`);
  await mkdir(join(options.cacheDir, "bundles"), { recursive: true });
  await rename(await writeBundle(folder, "bundle"), cached);
  expect(await provideKubernetes(options)).toBe(cached);
  expect(options.lines).toEqual([]);
});

test("a version nobody can give is named with what can be done", async () => {
  const folder = await temporaryFolder();
  const options = { ...optionsFor(folder), version: "1.31.0" };
  await expect(provideKubernetes(options)).rejects.toMatchObject({
    code: "kubernetes-unavailable",
    details: { nextSteps: expect.arrayContaining([expect.stringContaining("--bundle PATH")]) },
  });
  expect(options.lines).toEqual(["http://127.0.0.1:1 or registry.k8s.io cannot be reached from here"]);
});
