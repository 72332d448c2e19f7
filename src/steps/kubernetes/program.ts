/** A program of Kubernetes as a file on this machine, to be copied to nodes. */
export interface Program {
  /** `kubelet`, `kubeadm`, `kubectl`, `crictl`. */
  readonly name: string;
  readonly localPath: string;
  /** Lower-case hex. */
  readonly sha256: string;
}
