import { InstallerError } from "../../engine/errors.ts";
import { differs, satisfied, type Undo } from "../../engine/step.ts";
import { criSocket, runtimeDirectory } from "../../kubernetes/node-paths.ts";
import { sh } from "../../ssh/shell.ts";
import type { Action, Observation } from "../context.ts";
import { fields } from "../fields.ts";
import { agentMemory, agentUnit, bridgeName, cniConfiguration, routeProtocol } from "../network/names.ts";
import { claimFile } from "./claim.ts";
import { forgetPacketFilter } from "./forget-packet-filter.ts";

/** Takes the node out of its cluster; what kubeadm itself leaves behind goes as well, and nothing else. */
export const undoKubeadm: Undo<Observation, Action> = {
  title: "Take the node out of the cluster",
  check: async ({ node, spec }) => {
    const claim = await node.readFile(claimFile);
    if (claim === undefined) return satisfied("this program did not bring the node into a cluster");
    const cluster = fields(claim).get("cluster");
    if (cluster === spec.name) return differs("the node is, or was, part of the cluster");
    throw new InstallerError("foreign-cluster", {
      message: `${node.name} belongs to the cluster ${cluster}, not to ${spec.name}.`,
      nextSteps: [`destroy it with the preset of ${cluster}`],
    });
  },
  apply: async ({ node }) => {
    await node.change("stop the network agent", sh`systemctl stop ${agentUnit} 2>/dev/null || true`);
    await node.change(
      "kubeadm reset",
      sh`command -v kubeadm >/dev/null || exit 0
kubeadm reset --force --cri-socket=${criSocket}`,
    );
    await node.change("remove what kubeadm leaves behind", removeLeftovers);
  },
};

/** Folders that kubelet, kubeadm and the control plane fill; each goes when it is empty then and no mount point. */
const folders = [
  "/etc/kubernetes/manifests",
  "/etc/kubernetes/pki",
  "/etc/kubernetes/tmp",
  "/etc/kubernetes",
  "/var/lib/kubelet",
  "/var/lib/etcd",
  "/var/lib/cni",
  "/var/lib/dockershim",
  "/var/log/pods",
  "/var/log/containers",
  "/var/run/kubernetes",
  "/usr/libexec/kubernetes/kubelet-plugins",
];

const removeLeftovers = sh`set -u
systemctl stop kubelet 2>/dev/null
awk '$2 ~ "^/var/lib/kubelet/" { print $2 }' /proc/mounts | sort -r | xargs -r umount
if [ -e /sys/class/net/${bridgeName} ]; then ip link delete ${bridgeName}; fi
ip route flush proto ${routeProtocol} 2>/dev/null
${forgetPacketFilter}
rm -rf ${[cniConfiguration, agentMemory, runtimeDirectory]}
for folder in ${folders}; do
[ -d "$folder" ] || continue
find "$folder" -xdev -mindepth 1 -delete
mountpoint -q "$folder" || rmdir "$folder"
done
rmdir -p /usr/libexec/kubernetes /etc/cni/net.d 2>/dev/null
grep '^setting ' ${claimFile} | while read -r word file value; do
[ "$(tr '\t' ' ' <"$file")" = "$value" ] || printf '%s\n' "$value" >"$file"
done
rm -f ${claimFile}
rmdir /var/lib/kube-installer 2>/dev/null
exit 0`;
