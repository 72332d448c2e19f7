import type { ClusterWish, KubernetesSource } from "./cluster-spec.ts";

/** The wanted cluster in a few lines, for a person to see whether it is what was meant. */
export function summarize(spec: ClusterWish): string[] {
  const { name, kubernetes, topology, network, ha } = spec;
  const rows = [
    ["cluster", [`${name}, Kubernetes`, kubernetes.version ?? [], sourceInWords(kubernetes.source)].flat().join(" ")],
    ["nodes", topology.kind === "static" ? nodesInWords(topology.nodes) : labInWords(topology)],
    ["API", ha.endpoint ?? "the control plane's own address"],
    [
      "network",
      `${network.plugin}, pods ${network.podCIDR} with a /${network.nodePrefix} for each node, services ${network.serviceCIDR}`,
    ],
  ];
  return rows.map(([title = "", text = ""]) => `${title.padEnd(9)}${text}`);
}

function sourceInWords(source: KubernetesSource): string {
  switch (source.kind) {
    case "bundle":
      return `from the bundle ${source.path}`;
    case "binaries":
      return `from the binaries in ${source.location}`;
    case "packages":
      return `from packages of ${source.repository ?? "pkgs.k8s.io"}`;
    case "lab":
      return "from what the lab has";
  }
}

function nodesInWords(nodes: readonly { readonly roles: readonly string[] }[]): string {
  const controlPlanes = nodes.filter(({ roles }) => roles.includes("control-plane")).length;
  const workers = nodes.filter(({ roles }) => roles.includes("worker")).length;
  return `${nodes.length}: ${counted(controlPlanes, "control plane")}, ${counted(workers, "worker")}`;
}

function labInWords(lab: { readonly name: string; readonly controlPlanes: number; readonly workers: number }): string {
  const { name, controlPlanes, workers } = lab;
  return `lab ${name}: ${counted(controlPlanes, "control plane")}, ${counted(workers, "worker")}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
