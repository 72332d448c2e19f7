import { type Found, nodeCheck } from "../check.ts";
import type { NodeEvidence, TriedFlow } from "../evidence.ts";

/** Node to node, on the ports Kubernetes takes; something listens at the other end while this is tried. */
export const betweenNodes = nodeCheck({
  id: "network.reachability",
  looksAt:
    "connections between nodes: 6443 of every control plane, 10250 from control planes to every node, 2379 and 2380 among control planes",
  limit: "connected within 3 s",
  severity: "error",
  source: "https://kubernetes.io/docs/reference/networking/ports-and-protocols/",
  look: (node) =>
    blocked(node, ["api", "kubelet", "etcd"]).map((flow) => ({
      severity: "error" as const,
      message: `Cannot reach ${flow.to} on TCP port ${flow.port}`,
      measured: inWords(flow),
      fix: `allow TCP ${flow.port} from ${node.machine.internalAddress} to ${flow.host} in the packet filters of both nodes (\`nft list ruleset\`, \`iptables-save\`) and in the network's security groups`,
    })),
});

/** The address clients and nodes find the API under; nothing need listen behind it yet. */
export const endpoint = nodeCheck({
  id: "network.endpoint",
  looksAt: "the API endpoint of the preset",
  limit: "connected or refused within 3 s",
  severity: "error",
  source:
    "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/high-availability/#create-load-balancer-for-kube-apiserver",
  look: (node) =>
    blocked(node, ["endpoint"]).map((flow) => ({
      severity: "error" as const,
      message: `Cannot reach the API endpoint ${flow.host}:${flow.port}`,
      measured: inWords(flow),
      fix: "start the load balancer, or correct `spec.ha.endpoint` in the preset",
    })),
});

/** Where packages and images come from, when they have to be fetched. */
export const downloads = nodeCheck({
  id: "network.downloads",
  looksAt: "package sources when packages are missing; package repository and image registry when there is no bundle",
  limit: "connected within 3 s",
  severity: "error or warning",
  source: "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm/",
  look: (node): Omit<Found, "node">[] => {
    const sources = node.flows.filter(({ purpose }) => purpose === "packages");
    const lost = blocked(node, ["packages", "registry"], ["connected"]);
    const noSource = sources.length > 0 && sources.every(({ outcome }) => outcome !== "connected");
    return lost.map((flow) => ({
      severity: flow.purpose === "packages" && noSource ? ("error" as const) : ("warning" as const),
      message: `Cannot reach ${flow.to} (${flow.host}:${flow.port})`,
      measured: inWords(flow),
      fix:
        flow.purpose === "packages"
          ? "set `spec.packages.proxy` in the preset, or name a reachable mirror in /etc/apt/sources.list"
          : "use a bundle (`spec.kubernetes.source.bundle`) or a mirror (`spec.runtime.registryMirrors`)",
    }));
  },
});

function blocked(
  { flows }: NodeEvidence,
  purposes: readonly TriedFlow["purpose"][],
  good: readonly TriedFlow["outcome"][] = ["connected", "refused"],
): readonly TriedFlow[] {
  return flows.filter(
    ({ purpose, outcome, answered }) =>
      purposes.includes(purpose) && (!good.includes(outcome) || (outcome === "refused" && answered)),
  );
}

function inWords({ outcome, detail, answered }: TriedFlow): string {
  if (outcome === "silent") return "no answer within 3 s";
  if (outcome === "refused") return answered ? "refused on the way, although something listens there" : "refused";
  if (outcome === "unresolved") return "the name is not known to DNS";
  return detail === "" ? outcome : detail;
}
