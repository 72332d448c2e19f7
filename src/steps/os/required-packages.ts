/** A Debian package and how one can tell that what it brings is there, from wherever it came. */
export interface RequiredPackage {
  readonly name: string;
  /** Commands that must be in PATH. */
  readonly commands: readonly string[];
  /** Files of which one must exist. */
  readonly files?: readonly string[];
}

/**
 * What a node needs from its distribution, installed in one transaction. The commands are those kubeadm's preflight
 * asks for, those the kubelet and kube-proxy call, and the container runtime.
 * @see https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/preflight/checks.go
 */
export const requiredPackages: readonly RequiredPackage[] = [
  { name: "conntrack", commands: ["conntrack"] },
  { name: "ebtables", commands: ["ebtables"] },
  { name: "ethtool", commands: ["ethtool"] },
  { name: "iproute2", commands: ["ip", "tc"] },
  { name: "iptables", commands: ["iptables", "iptables-save"] },
  { name: "mount", commands: ["mount"] },
  { name: "procps", commands: ["pgrep", "sysctl"] },
  { name: "socat", commands: ["socat"] },
  { name: "util-linux", commands: ["nsenter"] },
  { name: "containerd", commands: ["containerd", "ctr"] },
  { name: "runc", commands: ["runc"] },
  { name: "containernetworking-plugins", commands: [], files: ["/usr/lib/cni/bridge", "/opt/cni/bin/bridge"] },
];
