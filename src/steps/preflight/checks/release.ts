import { minorOf, supportedMinors } from "../../../preset/versions.ts";
import type { Check } from "../check.ts";

/** Steps and configuration are known for these versions only. */
export const supportedVersion: Check = {
  id: "kubernetes.version",
  looksAt: "the Kubernetes version of the preset",
  limit: `1.${supportedMinors.oldest} to 1.${supportedMinors.newest}`,
  severity: "error",
  source: "https://kubernetes.io/releases/",
  look: ({ spec }) => {
    const { version } = spec.kubernetes;
    const minor = minorOf(version) ?? 0;
    if (minor >= supportedMinors.oldest && minor <= supportedMinors.newest) return [];
    const fix = "set `spec.kubernetes.version` to a version in between";
    return [{ severity: "error", message: "This version is not supported", measured: version, fix }];
  },
};

const binaries = ["kubeadm", "kubelet", "kubectl"];
const components = ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kube-proxy"];
const helpers = ["pause", "etcd", "coredns"];

/** A bundle that lacks a part is found out before the first node is touched. */
export const bundleContents: Check = {
  id: "bundle.contents",
  looksAt: "version, binaries and images of the bundle",
  limit: "the preset's version, with all that kubeadm asks for",
  severity: "error",
  source: "https://kubernetes.io/docs/reference/setup-tools/kubeadm/kubeadm-init/#without-internet-connection",
  look: ({ spec, bundle }) => {
    if (bundle === undefined) return [];
    const { version } = spec.kubernetes;
    const fix = "make the bundle anew with `kube-installer bundle create`, or name another one in the preset";
    const images = bundle.images.flatMap(({ names }) => names.map((name) => name.replace(/^.*\//, "")));
    const missing = [
      ...binaries.filter((name) => !bundle.binaries.some((binary) => binary.name === name)),
      ...components.map((name) => `${name}:v${version}`).filter((name) => !images.includes(name)),
      ...helpers.filter((name) => !images.some((image) => image.startsWith(`${name}:`))),
    ];
    if (bundle.version !== version) {
      const message = "The bundle holds another version of Kubernetes";
      return [{ severity: "error", message, measured: bundle.version, limit: version, fix }];
    }
    if (missing.length === 0) return [];
    const message = "The bundle is not complete";
    return [{ severity: "error", message, measured: `missing: ${missing.join(", ")}`, fix }];
  },
};
