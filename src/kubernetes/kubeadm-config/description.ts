import type { Secret } from "../../engine/secret.ts";
import type { Taint } from "../../preset/cluster-spec.ts";
import type { CgroupDriver } from "../cgroup-driver.ts";

/** How a node presents itself when it enters the cluster. */
export interface Registration {
  readonly name: string;
  /** The address the kubelet reports as the node's own. */
  readonly internalAddress: string;
  /** Taints from the first moment on; kubeadm's own choice when absent, none when empty. */
  readonly taints?: readonly Taint[];
}

/** What `kubeadm init` is asked for, in words no version of its configuration owns. */
export interface InitDescription {
  readonly clusterName: string;
  /** `1.36.4`, without `v`. */
  readonly kubernetesVersion: string;
  /** `host:port` in front of the API servers, when there is one. */
  readonly endpoint?: string;
  /** Names and addresses clients use for the API besides the node's own. */
  readonly apiServerNames: readonly string[];
  readonly podCIDR: string;
  readonly serviceCIDR: string;
  readonly nodePrefix: number;
  readonly dnsDomain: string;
  readonly cgroupDriver: CgroupDriver;
  /** False where kube-proxy may not write the limit of tracked connections and would stop over it. */
  readonly mayLimitConnections: boolean;
  readonly registration: Registration;
  /** The token workers join with. */
  readonly token: Secret;
}

/** What `kubeadm join` is asked for. */
export interface JoinDescription {
  readonly kubernetesVersion: string;
  /** Where on the node a kubeconfig lies that says where the API is and by which authority it is known. */
  readonly discoveryFile: string;
  readonly token: Secret;
  readonly registration: Registration;
}
