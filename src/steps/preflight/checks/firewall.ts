import { belongingOf } from "../belonging.ts";
import { nodeCheck } from "../check.ts";

/** Firewalls that are told about every port by hand, and reload over kube-proxy's rules. */
export const firewallServices = nodeCheck({
  id: "network.firewall",
  looksAt: "firewalld and ufw",
  limit: "not active",
  severity: "warning",
  source: "https://kubernetes.io/docs/reference/networking/ports-and-protocols/",
  look: ({ facts: { services } }) =>
    ["firewalld", "ufw"]
      .filter((name) => services[name]?.active === true)
      .map((name) => ({
        severity: "warning" as const,
        message: `${name} may keep nodes and pods from each other`,
        measured: `${name} is active`,
        fix: `\`systemctl disable --now ${name}\`, or allow the ports of Kubernetes and the pod range in it`,
      })),
});

/** Packets nobody mentions are dropped under such a policy; pods and NodePorts are what nobody mentions. */
export const packetFilter = nodeCheck({
  id: "network.packet-filter",
  looksAt: "policies of the packet filter for incoming and forwarded packets",
  limit: "accept, outside nodes of this cluster",
  severity: "warning",
  source: "https://kubernetes.io/docs/reference/networking/virtual-ips/",
  look: (node, evidence) =>
    node.facts.filterChains
      .filter(({ policy }) => policy === "drop" && belongingOf(node, evidence) !== "this")
      .map(({ table, chain, hook }) => ({
        severity: "warning" as const,
        message: `Packets that no rule allows are dropped on ${hook}`,
        measured: `policy drop of chain ${chain} in table ${table}`,
        fix: "allow the nodes' addresses and the pod range there, or set the policy to accept",
      })),
});
