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

/** Folders that kubeadm, the kubelet and the pods make, inner ones first. */
export const foldersOfKubernetes = [
  "/etc/kubernetes/manifests",
  "/etc/kubernetes/pki",
  "/etc/kubernetes",
  "/etc/cni/net.d",
  "/etc/cni",
  "/var/lib/kubelet",
  "/var/lib/etcd",
  "/var/lib/cni/networks",
  "/var/lib/cni/results",
  "/var/lib/cni/cache",
  "/var/lib/cni",
  "/var/lib/dockershim",
  "/var/log/pods",
  "/var/log/containers",
  "/var/run/kubernetes",
  "/usr/libexec/kubernetes",
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
done
for folder in ${foldersOfKubernetes}; do
[ ! -d "$folder" ] || echo "folder $folder"
done; } >${claimFile}.part && mv ${claimFile}.part ${claimFile}`,
  );
}
