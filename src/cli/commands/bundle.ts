import { join } from "node:path";
import { createBundle } from "../../bundle/create.ts";
import type { BundleManifest } from "../../bundle/manifest.ts";
import { verifyBundle } from "../../bundle/verify.ts";
import { cacheFolder } from "../../engine/cache-folder.ts";
import { toInstallerError } from "../../engine/errors.ts";
import { listRequiredImages } from "../../kubernetes/images.ts";
import { provideKubernetes } from "../../topology/lab/kubernetes/provide-kubernetes.ts";
import type { CommandContext } from "../command-context.ts";

export interface BundleCreateOptions {
  readonly version: string;
  readonly binaries: string;
  readonly images: string;
  readonly out: string;
}

/** `kube-installer bundle create`: makes a bundle of the operator's own binaries and images. */
export async function runCreate(options: BundleCreateOptions, context: CommandContext): Promise<number> {
  const { signal, inform, print } = context;
  const manifest = await createBundle({ ...options, signal, progress: inform });
  await warnOfMissingImages(manifest, options, context);
  print(describe(options.out, manifest));
  return 0;
}

/** A bundle may lack images that nodes get elsewhere, so this is worth a word, not a refusal. */
async function warnOfMissingImages(
  manifest: BundleManifest,
  { binaries }: BundleCreateOptions,
  { signal, inform }: CommandContext,
): Promise<void> {
  const kubeadm = join(binaries, "kubeadm");
  try {
    const present = new Set(manifest.images.flatMap(({ names }) => names));
    const missing = (await listRequiredImages(kubeadm, manifest.version, signal)).filter((name) => !present.has(name));
    for (const name of missing) inform(`warning: kubeadm will want ${name}, which is not in the bundle`);
  } catch (thrown) {
    signal.throwIfAborted();
    inform(`warning: not checked whether all images are there: ${toInstallerError(thrown).message}`);
  }
}

/** `kube-installer bundle verify`: says everything that is wrong with a bundle, or what it holds. */
export async function runVerify({ path }: { path: string }, { signal, print }: CommandContext): Promise<number> {
  const { manifest } = await verifyBundle(path, signal);
  print(describe(path, manifest));
  for (const image of manifest.images) print(`  ${image.names.join(", ")}`);
  for (const standIn of manifest.standIns) print(`  stand-in ${standIn.name}: ${standIn.note}`);
  return 0;
}

export interface BundleGetOptions {
  readonly version: string;
  readonly out?: string;
}

/** `kube-installer bundle get`: downloads Kubernetes, or builds it where nothing can be downloaded. */
export async function runGet({ version, out }: BundleGetOptions, context: CommandContext): Promise<number> {
  const { signal, inform, print } = context;
  const directory = await provideKubernetes({ version, cacheDir: cacheFolder(), signal, progress: inform });
  const { manifest } = await verifyBundle(directory, signal);
  if (out !== undefined) {
    const [binaries, images] = [join(directory, "bin"), join(directory, "images")];
    await createBundle({ version, binaries, images, out, standIns: manifest.standIns, signal, progress: inform });
  }
  print(describe(out ?? directory, manifest));
  return 0;
}

function describe(path: string, { version, architecture, binaries, images }: BundleManifest): string {
  const bytes = [...binaries, ...images].reduce((sum, file) => sum + file.bytes, 0);
  const contents = `${binaries.length} binaries, ${images.length} images, ${Math.ceil(bytes / 1e6)} MB`;
  return `${path}: Kubernetes ${version} for ${architecture}, ${contents}`;
}
