/**
 * Folders that the container runtime, the kubelet and pods make and fill while they run. The receipt notes whether each
 * was absent, empty or in use before; undo removes or empties it accordingly, and leaves those in use alone.
 */
export const filledFolders = [
  "/etc/cni",
  "/etc/cni/net.d",
  "/etc/containerd",
  "/etc/kubernetes",
  "/opt/cni",
  "/opt/containerd",
  "/run/containerd",
  "/usr/libexec/kubernetes",
  "/var/lib/cni",
  "/var/lib/containerd",
  "/var/lib/etcd",
  "/var/lib/kubelet",
  "/var/log/containers",
  "/var/log/pods",
] as const;

/** Folders that mounts of pods make when they are missing; undo removes them when they were absent and are empty. */
export const mountedFolders = ["/lib/modules"] as const;
