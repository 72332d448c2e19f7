import type { BundleImage, BundleManifest } from "../../bundle/manifest.ts";
import { parseImageName } from "../../kubernetes/images.ts";
import type { Role } from "../../preset/cluster-spec.ts";

/** What only a control plane runs; every other image may be needed on any node. */
const controlPlaneOnly = new Set(["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"]);

/** The images of a bundle that a node of these roles may have to run, the largest first, so that it does not hold up the end. */
export function nodeImages(manifest: BundleManifest, roles: readonly Role[]): readonly BundleImage[] {
  const needed = manifest.images.filter(
    ({ names }) =>
      roles.includes("control-plane") || names.some((name) => !controlPlaneOnly.has(parseImageName(name).component)),
  );
  return needed.toSorted((a, b) => b.bytes - a.bytes);
}
