import { createHash } from "node:crypto";
import { type TarInput, writeTar } from "./tar/write.ts";

/** A layer of an image: a tar, gzipped or not, and the digest of that file. */
export interface Layer {
  readonly file: string;
  readonly sha256: string;
}

export interface DockerArchive {
  /** Full names with tag, e.g. `k8s.gcr.io/pause:3.2`. */
  readonly names: readonly string[];
  /** The image configuration exactly as it is to be stored. */
  readonly config: Buffer;
  readonly layers: readonly Layer[];
}

/**
 * Writes one image as `docker save` does, for `docker load` and `ctr images import`; the same image gives the same
 * bytes.
 * @see https://github.com/moby/docker-image-spec/blob/main/v1.2.md#combined-image-json--filesystem-changeset-format
 */
export async function writeDockerArchive(out: string, image: DockerArchive, signal: AbortSignal): Promise<void> {
  const config = `${createHash("sha256").update(image.config).digest("hex")}.json`;
  const layers: TarInput[] = image.layers.map(({ file, sha256 }) => ({ name: `${sha256}.tar`, file }));
  const manifest = [{ Config: config, RepoTags: image.names, Layers: layers.map((layer) => layer.name) }];
  const unique = [...new Map(layers.map((layer) => [layer.name, layer])).values()];
  await writeTar(
    out,
    [
      { name: "manifest.json", content: Buffer.from(JSON.stringify(manifest)) },
      { name: config, content: image.config },
      ...unique,
    ],
    signal,
  );
}

/** How an image made here runs. */
export interface ImageSettings {
  readonly architecture: string;
  readonly entrypoint: readonly string[];
  /** One sentence that `docker history` shows. */
  readonly createdBy: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * The configuration of an image whose layers are uncompressed tars, dated 1970 so that it depends on nothing but its
 * content.
 * @see https://github.com/opencontainers/image-spec/blob/main/config.md
 */
export function imageConfig(settings: ImageSettings, layers: readonly Layer[]): Buffer {
  const created = "1970-01-01T00:00:00Z";
  return Buffer.from(
    JSON.stringify({
      created,
      architecture: settings.architecture,
      os: "linux",
      config: {
        Entrypoint: settings.entrypoint,
        Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
        ...(settings.labels === undefined ? {} : { Labels: settings.labels }),
      },
      rootfs: { type: "layers", diff_ids: layers.map(({ sha256 }) => `sha256:${sha256}`) },
      history: layers.map(() => ({ created, created_by: settings.createdBy })),
    }),
  );
}
