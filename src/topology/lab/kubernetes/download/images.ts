import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Layer, writeDockerArchive } from "../../../../bundle/docker-archive.ts";
import { parseImageName, publishedAt } from "../../../../kubernetes/images.ts";
import type { Work } from "../work.ts";
import { hasDigest } from "./binaries.ts";
import { openRepository } from "./registry.ts";
import type { DownloadSources } from "./sources.ts";

/**
 * Pulls the named images and writes an archive for each into `directory`. Layers stay compressed as the registry has
 * them; those an earlier run finished are not fetched again.
 */
export async function downloadImages(
  names: readonly string[],
  architecture: string,
  directory: string,
  sources: DownloadSources,
  work: Work,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  const blobs = `${directory}.blobs`;
  await mkdir(blobs, { recursive: true });
  for (const name of names) {
    const image = publishedAt(parseImageName(name));
    const repository = openRepository(sources.registry(image.registry), image, work.signal);
    const manifest = await repository.manifest(image.tag, architecture);
    const size = manifest.layers.reduce((sum, layer) => sum + layer.size, 0);
    work.progress(`downloading the image ${name} (${Math.ceil(size / 1e6)} MB)`);
    const layers: Layer[] = [];
    for (const { digest } of manifest.layers) {
      const sha256 = digest.replace("sha256:", "");
      const file = join(blobs, sha256);
      if (!(await hasDigest(file, sha256, work.signal))) await repository.saveBlob(digest, file);
      layers.push({ file, sha256 });
    }
    const config = await repository.blob(manifest.config.digest);
    await writeDockerArchive(join(directory, `${image.component}.tar`), { names: [name], config, layers }, work.signal);
  }
}
