import type { Route } from "../../../facts/facts.ts";
import { contains, overlaps, parseIPv4, parseRange } from "../../../preset/cidr.ts";
import { belongingOf } from "../belonging.ts";
import { type Check, type Found, nodeCheck } from "../check.ts";
import type { Evidence, NodeEvidence } from "../evidence.ts";
import { interfaceOf, isPodInterface, routesBy } from "../network.ts";

/** The kubelet and etcd bind to the address the preset gives. */
export const ownAddress = nodeCheck({
  id: "network.address",
  looksAt: "the internal address of the preset",
  limit: "on an interface of the node",
  severity: "error",
  source: "https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/",
  look: ({ facts, machine: { internalAddress } }) => {
    if (facts.addresses.some(({ address }) => address === internalAddress)) return [];
    const own = facts.addresses.filter((entry) => entry.interface !== "lo" && !isPodInterface(entry.interface));
    return [
      {
        severity: "error",
        message: `The node does not have its internal address ${internalAddress}`,
        measured: own.map(({ address }) => address).join(", ") || "no address",
        fix: "set `internalAddress` of the node in the preset to one of these",
      },
    ];
  },
});

/** Every node talks to every control plane, and pods to pods on every node. */
export const routes: Check = {
  id: "network.routes",
  looksAt: "routes to the other nodes",
  limit: "a route to each; with the plugin bridge a direct one, without a gateway in between",
  severity: "error",
  source: "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm/#network-setup",
  look: ({ nodes, spec }) => {
    const targets = nodes.flatMap(({ name, machine: { internalAddress } }): Target[] => {
      const number = parseIPv4(internalAddress);
      return number === undefined ? [] : [{ name, address: internalAddress, number }];
    });
    const direct = spec.network.plugin === "bridge";
    return nodes.flatMap((node) => {
      const routeTo = routesBy(node.facts);
      const problems: Found[] = [];
      for (const target of targets) {
        if (target.name === node.name) continue;
        const problem = routeProblem(target, routeTo(target.number), direct);
        if (problem !== undefined) problems.push({ ...problem, severity: "error", node: node.name });
      }
      return problems;
    });
  },
};

interface Target {
  readonly name: string;
  readonly address: string;
  readonly number: number;
}

function routeProblem({ name, address }: Target, route: Route | undefined, direct: boolean) {
  if (route === undefined) {
    const fix = `add a default route, or \`ip route add ${address} via GATEWAY\``;
    return { message: `No route to ${name}`, measured: "none", fix };
  }
  if (!direct || route.via === undefined) return undefined;
  return {
    message: `${name} is not on the same network, so pods there cannot be routed to`,
    measured: `${address} via ${route.via}`,
    fix: "put the nodes on one network, or choose another `spec.network.plugin`, such as flannel",
  };
}

/** A pod or Service whose address also exists outside cannot be told from it. */
export const ranges = nodeCheck({
  id: "network.ranges",
  looksAt: "routes, addresses and name servers of the node against the pod and Service ranges",
  limit: "nothing in common, unless this cluster already has the ranges",
  severity: "error",
  source: "https://kubernetes.io/docs/concepts/cluster-administration/networking/#kubernetes-ip-address-ranges",
  look: (node, evidence) => {
    const { podCIDR, serviceCIDR } = evidence.spec.network;
    const belonging = belongingOf(node, evidence);
    if (belonging === "this") return [];
    const begun = belonging === "unfinished";
    return [
      { key: "podCIDR", cidr: podCIDR },
      { key: "serviceCIDR", cidr: serviceCIDR },
    ].flatMap(({ key, cidr }) =>
      conflictsWith(cidr, node, { evidence, begun }).map((measured) => ({
        severity: "error" as const,
        message: `The range ${cidr} (${key}) is in use on this node`,
        measured,
        fix: `choose another \`spec.network.${key}\` in the preset, or remove what uses the range`,
      })),
    );
  },
});

/** Where an install has begun, pod interfaces and routes to other nodes are its own. */
function conflictsWith(
  cidr: string,
  node: NodeEvidence,
  { evidence, begun }: { evidence: Evidence; begun: boolean },
): readonly string[] {
  const range = parseRange(cidr);
  if (range === undefined) return [];
  const inRange = (address: string) => contains(range, parseIPv4(address) ?? -1);
  const isPeer = (address: string) => addressesOf(evidence).has(address);
  const mine = (name: string | undefined) => begun && name !== undefined && isPodInterface(name);
  const routed = node.facts.routes.flatMap(({ destination, via, interface: name }) => {
    const other = parseRange(destination);
    if (other === undefined || other.prefix === 0 || !overlaps(range, other)) return [];
    if (mine(name) || (begun && via !== undefined && isPeer(via))) return [];
    return [`route ${destination}${via === undefined ? "" : ` via ${via}`}${name === undefined ? "" : ` on ${name}`}`];
  });
  const addressed = node.facts.addresses
    .filter((entry) => inRange(entry.address) && !mine(entry.interface))
    .map((entry) => `address ${entry.address} on ${entry.interface}`);
  const servers = node.facts.nameServers.filter(inRange).map((address) => `name server ${address}`);
  return [...routed, ...addressed, ...servers];
}

const known = new WeakMap<Evidence, ReadonlySet<string>>();

/** The internal addresses of all nodes, put together once for all of them. */
function addressesOf(evidence: Evidence): ReadonlySet<string> {
  const addresses = known.get(evidence) ?? new Set(evidence.nodes.map(({ machine }) => machine.internalAddress));
  known.set(evidence, addresses);
  return addresses;
}

/** Packets that fit on one node's interface are dropped on the way to another's. */
export const packetSize: Check = {
  id: "network.mtu",
  looksAt: "largest packet (MTU) of the interfaces the nodes use among themselves",
  limit: "the same on every node",
  severity: "warning",
  source: "https://kubernetes.io/docs/concepts/cluster-administration/networking/",
  look: ({ nodes }) => {
    const sizes = nodes.flatMap(({ name, facts, machine }) => {
      const found = interfaceOf(facts, machine.internalAddress);
      return found === undefined ? [] : [{ name, device: found.name, mtu: found.mtu }];
    });
    const smallest = Math.min(...sizes.map(({ mtu }) => mtu));
    const [small] = sizes.filter(({ mtu }) => mtu === smallest);
    return sizes
      .filter(({ mtu }) => mtu !== smallest)
      .map(({ name, device, mtu }) => ({
        severity: "warning" as const,
        node: name,
        message: `Packets of ${device} may be too large for ${small?.name}`,
        measured: `MTU ${mtu}`,
        limit: `MTU ${smallest}, as ${small?.name}`,
        fix: `\`ip link set ${device} mtu ${smallest}\`, and the same in the network configuration`,
      }));
  },
};
