import { sh } from "../../ssh/shell.ts";
import type { Observation } from "../context.ts";

const writable = sh`test ! -e /proc/sys/net/netfilter/nf_conntrack_max || test -w /proc/sys/net/netfilter/nf_conntrack_max`;

/**
 * Whether kube-proxy may set the limit of tracked connections on every node. In a container it may not, and stops.
 * A node that cannot be asked has no say: its own steps report it.
 */
export async function mayLimitConnections({ nodes }: Observation): Promise<boolean> {
  const answers = await Promise.allSettled(nodes.map((node) => node.read(writable, { allow: [1] })));
  return answers.every((answer) => answer.status === "rejected" || answer.value.exitCode === 0);
}
