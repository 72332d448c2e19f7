import type { BundleManifest } from "../../../../src/bundle/manifest.ts";

const file = { sha256: "0".repeat(64), bytes: 1 };

/** A complete bundle of Kubernetes 1.20.2 without the named parts. */
export function bundle({ without = [] }: { without?: readonly string[] } = {}): BundleManifest {
  const images = [
    ...["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kube-proxy"].map((name) => `${name}:v1.20.2`),
    ...["pause:3.2", "etcd:3.4.13-0", "coredns:1.7.0"],
  ];
  return {
    apiVersion: "kube-installer/v1",
    kind: "Bundle",
    version: "1.20.2",
    architecture: "amd64",
    binaries: ["kubeadm", "kubelet", "kubectl"]
      .filter((name) => !without.includes(name))
      .map((name) => ({ name, path: `bin/${name}`, ...file })),
    images: images
      .filter((name) => !without.includes(name))
      .map((name) => ({ names: [`k8s.gcr.io/${name}`], path: `images/${name}.tar`, ...file })),
    standIns: [],
  };
}
