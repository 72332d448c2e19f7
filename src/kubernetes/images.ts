import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { InstallerError } from "../engine/errors.ts";
import { seconds } from "../engine/time.ts";

/** Binaries a node gets, published per version; `crictl` comes from another project with a version of its own. */
export const nodeBinaries = ["kubeadm", "kubelet", "kubectl"] as const;

/**
 * The images a cluster of this version needs, e.g. `k8s.gcr.io/pause:3.2`. kubeadm itself is asked, because only it
 * knows which etcd, CoreDNS and pause it will deploy; it answers without a network.
 * @param kubeadm path of a kubeadm this machine can run
 * @param version `1.20.2`
 * @throws InstallerError `command-failed`
 */
export async function listRequiredImages(kubeadm: string, version: string, signal: AbortSignal): Promise<string[]> {
  const args = ["config", "images", "list", "--kubernetes-version", `v${version}`];
  try {
    const { stdout } = await promisify(execFile)(kubeadm, args, { signal, timeout: seconds(30) });
    return stdout.split("\n").filter((line) => line !== "");
  } catch (cause) {
    signal.throwIfAborted();
    throw new InstallerError("command-failed", {
      message: "kubeadm could not be asked which images its version needs.",
      command: [kubeadm, ...args].join(" "),
      ...(cause instanceof Error ? { output: cause.message } : {}),
      likelyCause: "The kubeadm is not for this machine's architecture.",
      cause,
    });
  }
}

/** The parts of an image name such as `k8s.gcr.io/coredns/coredns:v1.8.0`. */
export interface ImageName {
  /** `k8s.gcr.io` */
  readonly registry: string;
  /** `coredns/coredns` */
  readonly repository: string;
  /** `v1.8.0` */
  readonly tag: string;
  /** `coredns`: what the image is, whatever its registry calls it. */
  readonly component: string;
}

/**
 * Takes a full image name with tag apart.
 * @throws InstallerError `bug` for a name without registry or tag
 */
export function parseImageName(name: string): ImageName {
  const { registry, repository, tag } =
    /^(?<registry>[^/]+)\/(?<repository>.+):(?<tag>[^:/]+)$/.exec(name)?.groups ?? {};
  if (registry === undefined || repository === undefined || tag === undefined)
    throw new InstallerError("bug", { message: `${name} is not a full image name with tag` });
  return { registry, repository, tag, component: repository.slice(repository.lastIndexOf("/") + 1) };
}

/**
 * Where an image of Kubernetes is published today: k8s.gcr.io, which versions before 1.25 name, was frozen in favour of
 * registry.k8s.io, which has its images too.
 * @see https://kubernetes.io/blog/2023/03/10/image-registry-redirect/
 */
export function publishedAt(image: ImageName): ImageName {
  return image.registry === "k8s.gcr.io" ? { ...image, registry: "registry.k8s.io" } : image;
}
