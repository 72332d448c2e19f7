import type { ClusterSpec } from "../../preset/cluster-spec.ts";
import type { Flow } from "./evidence.ts";
import { lackingPackages } from "./needed.ts";
import { apiPort, etcdPorts, kubeletPort } from "./ports.ts";
import type { PreflightNode } from "./preflight-node.ts";

/** How many other nodes one node tries at most; beyond that, evenly spread ones stand for the rest. */
export const mostTried = 50;

/** Every connection a node will need, by its roles: never all pairs, and each node tries its own in one go. */
export function flowsOf(node: PreflightNode, nodes: readonly PreflightNode[], spec: ClusterSpec): readonly Flow[] {
  const others = nodes.filter(({ machine }) => machine.name !== node.machine.name);
  const controlPlanes = others.filter(isControlPlane);
  const to = ({ machine }: PreflightNode) => ({ to: machine.name, host: machine.internalAddress });
  const api = controlPlanes.map((other) => ({ ...to(other), port: apiPort, purpose: "api" as const }));
  const endpoint = endpointFlow(spec, nodes);
  const outside = [...endpoint, ...packageFlows(node, spec), ...registryFlows(node, spec)];
  if (!isControlPlane(node)) return [...api, ...outside];
  const kubelets = spread(others, mostTried);
  return [
    ...api,
    ...kubelets.map((other) => ({ ...to(other), port: kubeletPort, purpose: "kubelet" as const })),
    ...controlPlanes.flatMap((other) => etcdPorts.map((port) => ({ ...to(other), port, purpose: "etcd" as const }))),
    ...outside,
  ];
}

export function isControlPlane({ machine }: PreflightNode): boolean {
  return machine.roles.includes("control-plane");
}

/** At most `most` elements, evenly spread. */
export function spread<T>(elements: readonly T[], most: number): readonly T[] {
  if (elements.length <= most) return elements;
  return elements.filter(
    (_, index) => Math.floor((index * most) / elements.length) !== Math.floor(((index - 1) * most) / elements.length),
  );
}

/** The endpoint when it is not simply a control plane's address. */
function endpointFlow({ ha }: ClusterSpec, nodes: readonly PreflightNode[]): readonly Flow[] {
  const [, host, port] = /^\[?(.*?)\]?:(\d+)$/.exec(ha.endpoint ?? "") ?? [];
  if (host === undefined || port === undefined) return [];
  const own = nodes.some(({ machine }) => [machine.internalAddress, machine.address].includes(host));
  return own ? [] : [{ to: "the API endpoint", host, port: Number(port), purpose: "endpoint" }];
}

function packageFlows({ facts }: PreflightNode, { packages }: ClusterSpec): readonly Flow[] {
  if (lackingPackages(facts).length === 0) return [];
  const proxy = packages.proxy === undefined ? undefined : hostAndPort(packages.proxy);
  const sources = proxy === undefined ? facts.packages.sources : [proxy];
  const to = proxy === undefined ? "a package source" : "the package proxy";
  return sources.flatMap((source) => flow(to, source, "packages"));
}

/** What is fetched from the network when no bundle brings it; behind a proxy the proxy is what must be reached. */
function registryFlows({ facts }: PreflightNode, spec: ClusterSpec): readonly Flow[] {
  const { source } = spec.kubernetes;
  if (source.kind === "bundle" || source.kind === "lab") return [];
  const proxy = spec.packages.proxy ?? facts.proxies.https_proxy;
  if (proxy !== undefined) return flow("the HTTP proxy", hostAndPort(proxy) ?? "", "registry");
  const mirror = spec.runtime.registryMirrors.find(({ registry }) => registry === "registry.k8s.io")?.mirrors[0];
  const registry = flow("the image registry", hostAndPort(mirror ?? "https://registry.k8s.io") ?? "", "registry");
  if (source.kind !== "packages") return registry;
  const repository = hostAndPort(source.repository ?? "https://pkgs.k8s.io");
  return [...registry, ...flow("the Kubernetes package repository", repository ?? "", "registry")];
}

function flow(to: string, target: string, purpose: Flow["purpose"]): readonly Flow[] {
  const [, host, port] = /^\[?(.*?)\]?:(\d+)$/.exec(target) ?? [];
  return host === undefined ? [] : [{ to, host, port: Number(port), purpose }];
}

function hostAndPort(text: string): string | undefined {
  const address = /^\w+:\/\//.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  return `${url.hostname}:${url.port === "" ? (url.protocol === "http:" ? 80 : 443) : url.port}`;
}
