import type { WantedFile } from "../receipt/put-files.ts";

export interface PackageRepository {
  /** The repository's address, a flat one as pkgs.k8s.io has it. */
  readonly repository: string;
  readonly signingKey: string;
}

/** The community's repository of a minor version. @see https://kubernetes.io/blog/2023/08/15/pkgs-k8s-io-introduction/ */
export function communityRepository(version: string): string {
  const [major, minor] = version.split(".");
  return `https://pkgs.k8s.io/core:/stable:/v${major}.${minor}/deb`;
}

/** The packages that are pinned to one version, so that an upgrade of the system does not upgrade Kubernetes. */
export const pinnedPackages = ["kubeadm", "kubectl", "kubelet"] as const;

/**
 * What makes apt take Kubernetes' packages, of one version only, out of a repository whose key is trusted for nothing else.
 * @see https://manpages.debian.org/bookworm/apt/apt_preferences.5.en.html
 */
export function packageFiles(version: string, repository: string, key: Buffer): readonly WantedFile[] {
  const armored = key.includes("-----BEGIN PGP PUBLIC KEY BLOCK-----");
  const keyPath = `/etc/apt/keyrings/kube-installer.${armored ? "asc" : "gpg"}`;
  return [
    { path: keyPath, content: key },
    {
      path: "/etc/apt/sources.list.d/kube-installer.list",
      content: `deb [signed-by=${keyPath}] ${repository.replace(/\/*$/, "/")} /\n`,
    },
    {
      path: "/etc/apt/preferences.d/kube-installer",
      content: `Package: ${pinnedPackages.join(" ")}\nPin: version ${version}-*\nPin-Priority: 1001\n`,
    },
  ];
}
