/** What must hold on a node before kubeadm runs there: every step that prepares it. */
export const prepared = [
  "os.modules",
  "os.sysctl",
  "os.swap",
  "os.hosts",
  "os.packages",
  "runtime.containerd",
  "runtime.crictl",
  "runtime.images",
  "kubernetes.binaries",
  "kubernetes.kubelet-unit",
] as const;
