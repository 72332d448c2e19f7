import { z } from "zod";
import { type Region, readRegion } from "./region.ts";
import { listTar } from "./tar/read.ts";

/** What an image archive says about itself. */
export interface ImageArchive {
  /** Full names with tag, e.g. `k8s.gcr.io/pause:3.2`. */
  readonly names: readonly string[];
  /** Architectures of the images in it, under Go's names. */
  readonly architectures: readonly string[];
}

const dockerManifest = z.array(
  z.object({ Config: z.string(), RepoTags: z.array(z.string()).nullish(), Layers: z.array(z.string()) }),
);
const imageConfig = z.object({ architecture: z.string() });
const descriptor = z.object({
  digest: z.string(),
  annotations: z.record(z.string(), z.string()).nullish(),
  platform: z.object({ architecture: z.string() }).nullish(),
});
const ociIndex = z.object({ manifests: z.array(descriptor) });
const ociManifest = z.object({ config: descriptor, layers: z.array(descriptor) });

const largestDocument = 16 << 20;

/**
 * Reads names and architectures from an archive as `docker save` or `skopeo copy … oci-archive:` writes them.
 * @see https://github.com/moby/docker-image-spec/blob/main/v1.2.md#combined-image-json--filesystem-changeset-format
 * @see https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 * @throws Error when it is neither, lacks a file it speaks of, or has no name
 */
export async function readImageArchive(archive: Region): Promise<ImageArchive> {
  const contents = new Map<string, Region>();
  for (const member of await listTar(archive)) {
    if (member.kind === "file") contents.set(member.name.replace(/^\.\//, ""), member.content);
    else if (member.kind === "other") contents.set(member.name.replace(/^\.\//, ""), { ...member.content, bytes: 0 });
  }
  const found = contents.has("manifest.json") ? await readDocker(contents) : await readOci(contents);
  if (found.names.length === 0) throw new Error("the image archive has no image name in it");
  return { names: [...new Set(found.names)], architectures: [...new Set(found.architectures)] };
}

async function readDocker(contents: Contents): Promise<ImageArchive> {
  const images = await parseMember(contents, "manifest.json", dockerManifest);
  const architectures: string[] = [];
  for (const image of images) {
    for (const layer of image.Layers) requireMember(contents, layer);
    architectures.push((await parseMember(contents, image.Config, imageConfig)).architecture);
  }
  return { names: images.flatMap((image) => image.RepoTags ?? []), architectures };
}

async function readOci(contents: Contents): Promise<ImageArchive> {
  const { manifests } = await parseMember(contents, "index.json", ociIndex);
  const names = manifests.flatMap(({ annotations }) => {
    const name = annotations?.["io.containerd.image.name"] ?? annotations?.["org.opencontainers.image.ref.name"];
    return name?.includes("/") === true ? [name] : [];
  });
  const architectures: string[] = [];
  for (const entry of manifests) architectures.push(...(await ociArchitectures(contents, entry)));
  return { names, architectures };
}

async function ociArchitectures(contents: Contents, entry: z.infer<typeof descriptor>): Promise<string[]> {
  const document = await parseMember(contents, blobPath(entry.digest), z.union([ociManifest, ociIndex]));
  if ("manifests" in document) {
    return document.manifests.flatMap(({ digest, platform }) =>
      platform?.architecture !== undefined && contents.has(blobPath(digest)) ? [platform.architecture] : [],
    );
  }
  for (const layer of document.layers) requireMember(contents, blobPath(layer.digest));
  return [(await parseMember(contents, blobPath(document.config.digest), imageConfig)).architecture];
}

function blobPath(digest: string): string {
  return `blobs/${digest.replace(":", "/")}`;
}

type Contents = ReadonlyMap<string, Region>;

function requireMember(contents: Contents, name: string): Region {
  const member = contents.get(name);
  if (member === undefined) throw new Error(`the image archive lacks ${name}`);
  return member;
}

async function parseMember<T>(contents: Contents, name: string, schema: z.ZodType<T>): Promise<T> {
  const member = requireMember(contents, name);
  if (member.bytes > largestDocument) throw new Error(`${name} in the image archive is too large`);
  const parsed = schema.safeParse(parseJson(name, await readRegion(member)));
  if (!parsed.success) throw new Error(`${name} in the image archive does not have the form it should have`);
  return parsed.data;
}

function parseJson(name: string, text: Buffer): unknown {
  try {
    return JSON.parse(text.toString("utf8"));
  } catch (cause) {
    throw new Error(`${name} in the image archive is not JSON`, { cause });
  }
}
