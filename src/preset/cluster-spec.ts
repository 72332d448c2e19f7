import type { SshTarget } from "../ssh/target.ts";

/** What a node is for. */
export type Role = "control-plane" | "worker" | "gateway" | "proxy";

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** One machine the preset names, defaults filled in. */
export interface NodeSpec {
  /** DNS label, unique in the cluster; becomes host name and Kubernetes node name. */
  readonly name: string;
  /** Where to log in: an IP address or a DNS name. */
  readonly address: string;
  /** The IP address the other nodes use; the same as `address` unless told. */
  readonly internalAddress: string;
  readonly roles: readonly Role[];
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly ssh: SshTarget;
}

export interface BundleSource {
  readonly kind: "bundle";
  readonly path: string;
}

/** Where Kubernetes binaries and images come from. */
export type KubernetesSource =
  | { readonly kind: "packages"; readonly repository?: string; readonly signingKey?: string }
  | { readonly kind: "binaries"; readonly location: string }
  | BundleSource
  /** Only with the lab topology: what the lab finds in its cache, downloads or builds, in this order. */
  | { readonly kind: "lab" };

export interface StaticTopology {
  readonly kind: "static";
  readonly nodes: readonly NodeSpec[];
}

/** Throw-away real nodes on this machine. */
export interface LabTopology {
  readonly kind: "lab";
  readonly name: string;
  readonly controlPlanes: number;
  readonly workers: number;
}

export type HaMode = "single" | "proxy" | "load-balancer";

export interface RegistryMirror {
  /** The registry as image names spell it, e.g. `registry.k8s.io`. */
  readonly registry: string;
  readonly mirrors: readonly string[];
}

/** The wanted cluster: a preset after validation, every default filled in. */
export interface ClusterSpec {
  readonly name: string;
  readonly kubernetes: { /** `1.36.4`, without `v`. */ readonly version: string; readonly source: KubernetesSource };
  readonly topology: StaticTopology | LabTopology;
  readonly ha: {
    readonly mode: HaMode /** `host:port` of the API for clients and nodes, when there is one in front. */;
    readonly endpoint?: string;
  };
  readonly network: {
    readonly plugin: "calico" | "flannel" | "bridge" | "ovs";
    readonly podCIDR: string;
    readonly serviceCIDR: string;
    /** Prefix length of the range each node gets out of podCIDR. */
    readonly nodePrefix: number;
    readonly dnsDomain: string;
  };
  readonly runtime: { readonly engine: "containerd"; readonly registryMirrors: readonly RegistryMirror[] };
  /** HTTP proxy the nodes use for apt and downloads, when there is one. */
  readonly packages: { readonly proxy?: string };
}

/** Which Kubernetes a preset asks for; without a version it is that of the bundle, which is known once that is open. */
export type KubernetesWish = ClusterSpec["kubernetes"] | { readonly version?: never; readonly source: BundleSource };

/** A preset as loaded: everything of the wanted cluster but, maybe, the version its bundle has. */
export type ClusterWish = Omit<ClusterSpec, "kubernetes"> & { readonly kubernetes: KubernetesWish };
