import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { openBundle } from "../../../bundle/open.ts";
import { verifyBundle } from "../../../bundle/verify.ts";
import { InstallerError, toInstallerError } from "../../../engine/errors.ts";
import { buildBundle, isBuildable } from "./build/build-bundle.ts";
import { recipeFingerprint } from "./build/recipe.ts";
import { downloadBundle } from "./download/download-bundle.ts";
import { canDownload } from "./download/probe.ts";
import { type DownloadSources, publishedSources } from "./download/sources.ts";
import { exclusively } from "./exclusive.ts";
import { hostArchitecture } from "./host-architecture.ts";
import type { Work } from "./work.ts";

export interface ProvideOptions {
  /** `1.20.2`, without `v`. */
  readonly version: string;
  /** A bundle the operator names; nothing else is looked at then. */
  readonly bundle?: string;
  /** Kept between runs; `bundles/` in it holds finished bundles. */
  readonly cacheDir: string;
  readonly signal: AbortSignal;
  readonly progress: (line: string) => void;
  /** Where to download from; where Kubernetes is published unless told. */
  readonly sources?: DownloadSources;
}

/**
 * Gives the directory of a verified bundle of that version: the one the operator names, the one made before, a
 * download, or a build from Debian's source package. Can be killed and started again at any point; of two at once, one
 * waits for the other.
 * @throws InstallerError `bundle-invalid`, `kubernetes-unavailable`, `preflight-failed` when a compiler is missing
 */
export async function provideKubernetes(options: ProvideOptions): Promise<string> {
  const { version, bundle, cacheDir, signal, progress } = options;
  if (bundle !== undefined) return named(bundle, options);
  const out = join(cacheDir, "bundles", `kubernetes-${version}-${await recipeFingerprint()}`);
  if (await isUsable(out, options)) return out;
  await mkdir(cacheDir, { recursive: true });
  const lockFile = join(cacheDir, "kubernetes.lock");
  return exclusively(lockFile, { signal, progress, purpose: "providing Kubernetes" }, async (lock) => {
    if (await isUsable(out, options)) return out;
    await make(options, out, { signal, progress, lock });
    return out;
  });
}

async function named(path: string, options: ProvideOptions): Promise<string> {
  const opened = await openBundle(path, options);
  if (opened.manifest.version !== options.version)
    throw new InstallerError("bundle-invalid", {
      message: `The bundle ${path} is for Kubernetes ${opened.manifest.version}, but ${options.version} is wanted.`,
      nextSteps: [`ask for version ${opened.manifest.version}`, `name a bundle of version ${options.version}`],
    });
  return opened.directory;
}

/** Whether an earlier run left a whole bundle; a damaged one is removed with a word about it. */
async function isUsable(directory: string, { signal, progress }: ProvideOptions): Promise<boolean> {
  const exists = await stat(directory).then(
    () => true,
    () => false,
  );
  if (!exists) return false;
  try {
    await verifyBundle(directory, signal);
    return true;
  } catch (thrown) {
    signal.throwIfAborted();
    progress(`${toInstallerError(thrown).message}\nit is made anew`);
    return false;
  }
}

async function make(options: ProvideOptions, out: string, work: Work): Promise<void> {
  const { version, cacheDir, sources = publishedSources } = options;
  await rm(out, { recursive: true, force: true });
  if (await canDownload(sources, work.signal)) {
    const directory = join(cacheDir, "kubernetes-download", version);
    try {
      const architecture = await hostArchitecture(work);
      return await downloadBundle({ version, architecture, directory, out, sources }, work);
    } catch (thrown) {
      work.signal.throwIfAborted();
      if (!isBuildable(version)) throw thrown;
      work.progress(`the download failed: ${toInstallerError(thrown).message}`);
    }
  } else {
    work.progress(`${sources.binaries} or registry.k8s.io cannot be reached from here`);
  }
  await buildBundle(version, join(cacheDir, "kubernetes-build"), out, work);
}
