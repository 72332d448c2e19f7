import { belongingOf } from "../belonging.ts";
import { nodeCheck } from "../check.ts";
import { firstControlPlane } from "../evidence.ts";

/** A node is in one cluster; what another one left must go first. */
export const otherCluster = nodeCheck({
  id: "leftovers.cluster",
  looksAt: "/etc/kubernetes, /var/lib/etcd and the kubelet's API server",
  limit: "nothing, or this cluster",
  severity: "error or warning",
  source: "https://kubernetes.io/docs/reference/setup-tools/kubeadm/kubeadm-reset/",
  look: (node, evidence) => {
    const { server, caFingerprint, claimedBy, files, etcdData } = node.facts.kubernetes;
    const belonging = belongingOf(node, evidence);
    const first = firstControlPlane(evidence);
    if (belonging === "another") {
      const seen = [
        ...(server === undefined ? [] : [`the kubelet is set up for ${server}`]),
        ...(claimedBy === undefined ? [] : [`this program brought it into the cluster "${claimedBy}"`]),
        ...(caFingerprint === undefined || caFingerprint === first?.facts.kubernetes.caFingerprint
          ? []
          : [`CA ${caFingerprint.slice(0, 19)}…`]),
        ...(etcdData && node.controlPlane ? ["/var/lib/etcd is not empty"] : []),
      ];
      return [
        {
          severity: "error",
          message: "The node holds another cluster, or what is left of one",
          measured: seen.join("; ") || files.join(", "),
          fix: "if nothing of it is needed: `kubeadm reset -f; rm -rf /etc/kubernetes /etc/cni/net.d /var/lib/etcd/*`",
        },
      ];
    }
    if (belonging !== "unfinished") return [];
    return [
      {
        severity: "warning",
        message: "An install began here and did not end; it will be taken up again",
        measured: `${files.length} files in /etc/kubernetes`,
        fix: "nothing, if it was this cluster's; otherwise `kubeadm reset -f; rm -rf /etc/kubernetes`",
      },
    ];
  },
});

/** An install brings the version the preset names; going from one to another is an upgrade. */
export const kubernetesVersion = nodeCheck({
  id: "leftovers.version",
  looksAt: "version of kubeadm and kubelet that are already there",
  limit: "that of the preset",
  severity: "error or warning",
  source: "https://kubernetes.io/releases/version-skew-policy/",
  look: (node, evidence) => {
    const wanted = evidence.spec.kubernetes.version;
    const owned = belongingOf(node, evidence) === "this";
    return ["kubelet", "kubeadm"].flatMap((name) => {
      const found = node.facts.installed[name]?.replace(/-.*$/, "");
      if (found === undefined || found === wanted) return [];
      return [
        {
          severity: owned ? ("error" as const) : ("warning" as const),
          message: owned
            ? `The cluster runs another version of ${name}; an install does not change it`
            : `Another version of ${name} is here; the install replaces it`,
          measured: found,
          limit: wanted,
          fix: owned ? `set \`spec.kubernetes.version\` to "${found}"` : "nothing, unless somebody else needs it",
        },
      ];
    });
  },
});

/** containerd takes the first file by name, whoever wrote it. */
export const networkConfigs = nodeCheck({
  id: "leftovers.network",
  looksAt: "files in /etc/cni/net.d before the first install",
  limit: "none that this program did not write",
  severity: "warning",
  source: "https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/",
  look: (node, evidence) => {
    const { networkConfigs: files } = node.facts.kubernetes;
    const foreign = files.filter((name) => /\.(?:conf|conflist|json)$/.test(name) && !name.includes("kube-installer"));
    if (foreign.length === 0 || belongingOf(node, evidence) === "this") return [];
    return [
      {
        severity: "warning",
        message: "Another network configuration may win over the cluster's",
        measured: foreign.join(", "),
        fix: `if it is not needed: \`rm ${foreign.map((name) => `/etc/cni/net.d/${name}`).join(" ")}\``,
      },
    ];
  },
});
