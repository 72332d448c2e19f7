import { chmod, rm } from "node:fs/promises";
import { join } from "node:path";
import { createBundle } from "../../../../bundle/create.ts";
import { listRequiredImages } from "../../../../kubernetes/images.ts";
import type { Work } from "../work.ts";
import { downloadBinaries } from "./binaries.ts";
import { downloadImages } from "./images.ts";
import type { DownloadSources } from "./sources.ts";

export interface DownloadOptions {
  readonly version: string;
  /** Under Go's name; must be this machine's, because the downloaded kubeadm is asked which images it wants. */
  readonly architecture: string;
  /** Where downloads are gathered; removed once the bundle is whole. */
  readonly directory: string;
  readonly out: string;
  readonly sources: DownloadSources;
}

/**
 * Makes a bundle of what Kubernetes publishes, every file checked against its published digest.
 * @throws InstallerError `kubernetes-unavailable`
 */
export async function downloadBundle(options: DownloadOptions, work: Work): Promise<void> {
  const { version, architecture, directory, out, sources } = options;
  const [binaries, images] = [join(directory, "bin"), join(directory, "images")];
  await downloadBinaries(version, architecture, binaries, sources, work);
  await rm(images, { recursive: true, force: true });
  const kubeadm = join(binaries, "kubeadm");
  await chmod(kubeadm, 0o755);
  const names = await listRequiredImages(kubeadm, version, work.signal);
  await downloadImages(names, architecture, images, sources, work);
  await createBundle({ version, binaries, images, out, ...work });
  await rm(directory, { recursive: true });
}
