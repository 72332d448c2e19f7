/** Where Kubernetes is published. */
export interface DownloadSources {
  /** Has `release/vVERSION/bin/linux/ARCHITECTURE/NAME` with a `.sha256` beside each file. */
  readonly binaries: string;
  /** Has `vVERSION/crictl-vVERSION-linux-ARCHITECTURE.tar.gz` with a `.sha256` beside it. */
  readonly criTools: string;
  /** Base URL of a registry by the host in an image name. */
  readonly registry: (host: string) => string;
}

/**
 * @see https://kubernetes.io/releases/download/
 * @see https://github.com/kubernetes-sigs/cri-tools/releases
 */
export const publishedSources: DownloadSources = {
  binaries: "https://dl.k8s.io",
  criTools: "https://github.com/kubernetes-sigs/cri-tools/releases/download",
  registry: (host) => `https://${host}`,
};
