import { InstallerError } from "../../engine/errors.ts";
import { differs, satisfied, type Undo } from "../../engine/step.ts";
import { runtimeDirectory } from "../../kubernetes/node-paths.ts";
import { sh } from "../../ssh/shell.ts";
import type { Action, Observation } from "../context.ts";
import { fields } from "../fields.ts";
import { agentMemory, agentUnit, bridgeName, cniConfiguration, cniNetwork, routeProtocol } from "../network/names.ts";
import { claimFile, foldersOfKubernetes } from "./claim.ts";
import { forgetPacketFilter } from "./forget-packet-filter.ts";
import { notedReset } from "./reset-half-done.ts";

/** Takes the node out of its cluster; what kubeadm itself leaves behind goes as well, and nothing else. */
export const undoKubeadm: Undo<Observation, Action> = {
  title: "Take the node out of the cluster",
  check: async ({ node, spec }) => {
    const claim = await node.readFile(claimFile);
    if (claim === undefined) return satisfied("not in a cluster, or not by this program");
    const cluster = fields(claim).get("cluster");
    if (cluster === spec.name) {
      return differs("the node is, or was, part of the cluster", {
        danger: "every pod on it ends, and what Kubernetes keeps there is lost, on a control plane also etcd's data",
      });
    }
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
${notedReset()}`,
    );
    await node.change("remove what kubeadm leaves behind", removeLeftovers);
  },
};

const removeLeftovers = sh`set -u
systemctl stop kubelet 2>/dev/null
awk '$2 ~ "^/var/lib/kubelet/" { print $2 }' /proc/mounts | sort -r | xargs -r umount
if ip link show dev ${bridgeName} >/dev/null 2>&1; then ip link delete ${bridgeName}; fi
ip route flush proto ${routeProtocol} 2>/dev/null
${forgetPacketFilter}
rm -rf ${[cniConfiguration, agentMemory, runtimeDirectory, "/etc/kubernetes/tmp", `/var/lib/cni/networks/${cniNetwork}`]}
for folder in ${foldersOfKubernetes}; do
[ -d "$folder" ] || continue
case $folder in /etc/*|/var/lib/cni*) ;; *) find "$folder" -xdev -mindepth 1 -delete ;; esac
mountpoint -q "$folder" || grep -qx "folder $folder" ${claimFile} || rmdir --ignore-fail-on-non-empty "$folder"
done
grep '^setting ' ${claimFile} | while read -r word file value; do
[ "$(tr '\t' ' ' <"$file")" = "$value" ] || printf '%s\n' "$value" >"$file"
done
systemctl stop kubepods.slice 2>/dev/null
find /sys/fs/cgroup -depth -type d -path '*/kubepods*' -exec rmdir {} + 2>/dev/null
rm -f ${claimFile}
rmdir /var/lib/kube-installer 2>/dev/null
exit 0`;
