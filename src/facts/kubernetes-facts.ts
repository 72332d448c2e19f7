/** What of Kubernetes is already on a node; enough to tell our cluster from another one's remains. */
export interface KubernetesFacts {
  /** Which of kubeadm's files there are, as absolute paths: kubeconfigs, static pod manifests, the CA. */
  readonly files: readonly string[];
  /** `sha256:…` of the cluster CA's public key, as `kubeadm join --discovery-token-ca-cert-hash` spells it. */
  readonly caFingerprint?: string;
  /** The API server the kubelet talks to, e.g. `https://10.0.0.11:6443`. */
  readonly server?: string;
  /** The cluster this program brought the node into. */
  readonly claimedBy?: string;
  /** The kubelet has been set up to join or has joined. */
  readonly joined: boolean;
  /** This program began to take Kubernetes back here and did not come to the end. */
  readonly takingBack?: true;
  /** /var/lib/etcd holds something. */
  readonly etcdData: boolean;
  /** Names of the files in /etc/cni/net.d. */
  readonly networkConfigs: readonly string[];
  /** Sockets of container runtimes that exist, e.g. `/run/containerd/containerd.sock`. */
  readonly runtimeSockets: readonly string[];
}
