import type { Facts, Listener } from "../../../facts/facts.ts";
import { belongingOf } from "../belonging.ts";
import { nodeCheck } from "../check.ts";
import { controlPlanePorts, nodePorts, servicePorts } from "../ports.ts";

/** Kubernetes' own processes, as they may hold these ports on a node of this cluster. */
const ours = /^(?:kubelet|kube-\w+|etcd|haproxy)/;

/** What listens here keeps the kubelet, etcd or the API server from starting. */
export const freePorts = nodeCheck({
  id: "network.ports",
  looksAt: "listening sockets on the ports Kubernetes takes on this node",
  limit: "free, or held by this cluster",
  severity: "error",
  source: "https://kubernetes.io/docs/reference/networking/ports-and-protocols/",
  look: (node, evidence) => {
    const wanted = { ...nodePorts, ...(node.controlPlane ? controlPlanePorts : {}) };
    const owned = ["this", "unfinished"].includes(belongingOf(node, evidence));
    return listenersOf(node.facts, (port) => port in wanted)
      .filter(({ process }) => !(owned && (process === "" || ours.test(process))))
      .map((listener) => ({
        severity: "error" as const,
        message: `Port ${listener.port} (${wanted[listener.port]}) is taken`,
        measured: `${listener.process || "an unknown process"} listens on ${listener.address}:${listener.port}`,
        fix: `stop it: \`ss -tlnp 'sport = :${listener.port}'\` names its pid, \`systemctl status PID\` its service`,
      }));
  },
});

/** kube-proxy publishes Services there; what listens there becomes unreachable. */
export const servicePortRange = nodeCheck({
  id: "network.node-ports",
  looksAt: "listening sockets on ports 30000-32767",
  limit: "none, besides this cluster's",
  severity: "warning",
  source: "https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport",
  look: ({ facts }) =>
    listenersOf(facts, (port) => port >= servicePorts.first && port <= servicePorts.last)
      .filter(({ process, address }) => !ours.test(process) && !address.startsWith("127.") && address !== "::1")
      .map((listener) => ({
        severity: "warning" as const,
        message: `Port ${listener.port} belongs to the range of Services of type NodePort`,
        measured: `${listener.process || "an unknown process"} listens on ${listener.address}:${listener.port}`,
        fix: "move that service to a port outside 30000-32767",
      })),
});

/** One per port, although many services listen on IPv4 and IPv6. */
function listenersOf({ listening }: Facts, concerned: (port: number) => boolean): readonly Listener[] {
  const found = listening.filter(({ protocol, port }) => protocol === "tcp" && concerned(port));
  return [...new Map(found.map((listener) => [listener.port, listener])).values()];
}
