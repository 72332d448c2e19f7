import type { Bundle } from "../bundle/manifest.ts";
import { openBundle } from "../bundle/open.ts";
import { cacheFolder } from "../engine/cache-folder.ts";
import type { ClusterSpec, KubernetesWish } from "../preset/cluster-spec.ts";
import type { CommandContext } from "./command-context.ts";

/** Where Kubernetes comes from, ready to be used, and which version it is. */
export interface OpenedSource {
  readonly kubernetes: ClusterSpec["kubernetes"];
  readonly bundle?: Bundle;
}

/**
 * Opens the bundle where there is one, and takes the version from it where the preset names none. That a bundle has
 * another version than the preset names is a finding of preflight, beside all others.
 * @throws InstallerError `bundle-invalid`
 */
export async function openSource(
  kubernetes: KubernetesWish,
  { signal, inform }: Pick<CommandContext, "signal" | "inform">,
): Promise<OpenedSource> {
  const { version, source } = kubernetes;
  const open = (path: string) => openBundle(path, { cacheDir: cacheFolder(), signal, progress: inform });
  if (version === undefined) {
    const bundle = await open(source.path);
    return { kubernetes: { version: bundle.manifest.version, source }, bundle };
  }
  return source.kind === "bundle" ? { kubernetes, bundle: await open(source.path) } : { kubernetes };
}
