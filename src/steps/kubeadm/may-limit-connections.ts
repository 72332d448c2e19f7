import { sh } from "../../ssh/shell.ts";
import type { Observation } from "../context.ts";

const writable = sh`test ! -e /proc/sys/net/netfilter/nf_conntrack_max || test -w /proc/sys/net/netfilter/nf_conntrack_max`;

/**
 * Whether kube-proxy may set the limit of tracked connections on every node. In a container it may not, and stops.
 * A node that cannot be asked has no say: its own steps report it.
 */
export async function mayLimitConnections({ nodes, each }: Observation): Promise<boolean> {
  const answers = await each(nodes, (node) => node.read(writable, { allow: [1] }).catch(() => undefined));
  return answers.every((answer) => answer === undefined || answer.exitCode === 0);
}
