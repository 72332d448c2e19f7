import { sh } from "../../ssh/shell.ts";
import type { Action } from "../context.ts";

/** Says which cluster this program brought a node into, and holds kernel settings as they were before. */
export const claimFile = "/var/lib/kube-installer/kubeadm";

/** Kernel settings that kubelet and kube-proxy change while they run. */
const settings = [
  "vm/overcommit_memory",
  "vm/panic_on_oom",
  "kernel/panic",
  "kernel/panic_on_oops",
  "kernel/keys/root_maxkeys",
  "kernel/keys/root_maxbytes",
  "net/ipv4/conf/all/route_localnet",
  "net/netfilter/nf_conntrack_max",
  "net/netfilter/nf_conntrack_tcp_timeout_established",
  "net/netfilter/nf_conntrack_tcp_timeout_close_wait",
];

/** Notes before kubeadm first runs on a node that this program brings it into the cluster; only then may it be undone. */
export async function claimNode({ node, spec }: Action): Promise<void> {
  await node.change(
    "note what this node was like before kubeadm",
    sh`[ -e ${claimFile} ] && exit
mkdir -p ${claimFile.slice(0, claimFile.lastIndexOf("/"))}
{ echo "cluster "${spec.name}
for name in ${settings}; do
[ -r "/proc/sys/$name" ] && echo "setting /proc/sys/$name $(tr '\t' ' ' <"/proc/sys/$name")"
done; } >${claimFile}.part && mv ${claimFile}.part ${claimFile}`,
  );
}
