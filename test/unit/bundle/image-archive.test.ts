import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { digestFile } from "../../../src/bundle/digest.ts";
import { readImageArchive } from "../../../src/bundle/image-archive.ts";
import { rawTar, signal, temporaryFolder, writeImage } from "./samples.ts";

type Files = Record<string, unknown>;

/** Reads an archive made of these files; what is no text is written as JSON. */
async function read(files: Files) {
  const file = join(await temporaryFolder(), "image.tar");
  const members = Object.entries(files).map(([name, content]) => ({
    name,
    content: typeof content === "string" ? content : JSON.stringify(content),
  }));
  const archive = rawTar(members);
  await writeFile(file, archive);
  return readImageArchive({ file, offset: 0, bytes: archive.length });
}

test("reads names from the archive docker save writes", async () => {
  const archive = await read({
    repositories: {},
    "abc.json": { architecture: "arm64", os: "linux" },
    "abc/layer.tar": "",
    "manifest.json": [
      { Config: "abc.json", RepoTags: ["a.example/x:1", "a.example/x:latest"], Layers: ["abc/layer.tar"] },
    ],
  });
  expect(archive).toEqual({ names: ["a.example/x:1", "a.example/x:latest"], architectures: ["arm64"] });
});

test("reads what it writes itself", async () => {
  const file = join(await temporaryFolder(), "image.tar");
  await writeImage(file, "k8s.gcr.io/pause:3.2");
  const { bytes } = await digestFile(file, signal);
  expect(await readImageArchive({ file, offset: 0, bytes })).toEqual({
    names: ["k8s.gcr.io/pause:3.2"],
    architectures: ["amd64"],
  });
});

/** A document of an OCI layout under its digest. */
function blob(document: unknown): { path: string; digest: string; content: string } {
  const content = JSON.stringify(document);
  const hex = createHash("sha256").update(content).digest("hex");
  return { path: `blobs/sha256/${hex}`, digest: `sha256:${hex}`, content };
}

test("reads names from an OCI layout", async () => {
  const config = blob({ architecture: "amd64", os: "linux" });
  const manifest = blob({ config: { digest: config.digest }, layers: [] });
  const annotations = {
    "io.containerd.image.name": "registry.k8s.io/pause:3.10",
    "org.opencontainers.image.ref.name": "3.10",
  };
  const archive = await read({
    "oci-layout": { imageLayoutVersion: "1.0.0" },
    "index.json": { manifests: [{ digest: manifest.digest, annotations }] },
    [manifest.path]: manifest.content,
    [config.path]: config.content,
  });
  expect(archive).toEqual({ names: ["registry.k8s.io/pause:3.10"], architectures: ["amd64"] });
});

test.each<[string, Files, string]>([
  ["no manifest", { "some.txt": "x" }, "the image archive lacks index.json"],
  ["a manifest that is no JSON", { "manifest.json": "{" }, "manifest.json in the image archive is not JSON"],
  ["a manifest of another form", { "manifest.json": {} }, "manifest.json in the image archive does not have the form"],
  [
    "no layer",
    { "manifest.json": [{ Config: "c", RepoTags: ["a.example/x:1"], Layers: ["l"] }], c: { architecture: "amd64" } },
    "the image archive lacks l",
  ],
  [
    "no name",
    { "manifest.json": [{ Config: "c", RepoTags: null, Layers: [] }], c: { architecture: "amd64" } },
    "the image archive has no image name in it",
  ],
])("refuses an archive with %s", async (_, files, message) => {
  await expect(read(files)).rejects.toThrow(message);
});
