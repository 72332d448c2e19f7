/** The socket of containerd's CRI, in the form every kubeadm since 1.20 takes. */
export const criSocket = "unix:///run/containerd/containerd.sock";

/** The kubeconfig of the cluster's first administrator; only on control planes. */
export const adminConf = "/etc/kubernetes/admin.conf";

/** The kubeconfig of a node's kubelet; there once the node has joined. */
export const kubeletConf = "/etc/kubernetes/kubelet.conf";

/** The certificate authority of the cluster a node belongs to. */
export const clusterCertificate = "/etc/kubernetes/pki/ca.crt";

/** Holds files with secrets while a command needs them; in memory, gone after a restart. */
export const runtimeDirectory = "/run/kube-installer";
