/** Commands a node must have in the end; those it lacks are installed from packages. */
export const neededCommands = [
  ...["conntrack", "ip", "iptables", "mount", "nsenter", "ebtables", "ethtool", "socat", "tc", "containerd", "runc"],
] as const;
