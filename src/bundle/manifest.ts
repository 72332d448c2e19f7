/** One file of a bundle, its path relative to bundle.yaml. */
export interface BundleFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface BundleBinary extends BundleFile {
  /** `kubeadm`, `kubelet`, `kubectl`, `crictl`. */
  readonly name: string;
}

export interface BundleImage extends BundleFile {
  /** Full image names in the archive, e.g. `k8s.gcr.io/pause:3.2`. */
  readonly names: readonly string[];
}

/** bundle.yaml: the Kubernetes binaries and images of one version, every file with its digest. */
export interface BundleManifest {
  readonly apiVersion: "kube-installer/v1";
  readonly kind: "Bundle";
  /** `1.20.2`, without `v`. */
  readonly version: string;
  readonly architecture: string;
  readonly binaries: readonly BundleBinary[];
  readonly images: readonly BundleImage[];
  /** Parts that are not the upstream ones, each with a sentence on what it stands in for. */
  readonly standIns: readonly { readonly name: string; readonly note: string }[];
}

/** A bundle opened for reading: its manifest and where its files lie. */
export interface Bundle {
  readonly manifest: BundleManifest;
  /** Absolute path of a file of the bundle on this machine. */
  locate(file: BundleFile): string;
}
