import { contains, parseIPv4, parseRange } from "../../../preset/cidr.ts";
import { nodeCheck } from "../check.ts";

/** A proxy in the environment catches what nodes say to each other and to Services. */
export const proxyExceptions = nodeCheck({
  id: "network.proxy",
  looksAt: "HTTP proxy variables",
  limit: "no_proxy covers every node, the pod range and the Service range",
  severity: "warning",
  source: "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm/",
  look: ({ facts: { proxies } }, { spec, nodes }) => {
    const proxy = proxies.https_proxy ?? proxies.http_proxy ?? proxies.all_proxy;
    if (proxy === undefined) return [];
    const exceptions = (proxies.no_proxy ?? "").split(",").map((entry) => entry.trim());
    const wanted = [
      ...nodes.map(({ machine }) => machine.internalAddress),
      spec.network.podCIDR,
      spec.network.serviceCIDR,
    ];
    const uncovered = wanted.filter((target) => !exceptions.some((exception) => covers(exception, target)));
    if (uncovered.length === 0) return [];
    return [
      {
        severity: "warning",
        message: `What nodes and pods say to each other would go through ${proxy}`,
        measured: `not in no_proxy: ${uncovered.join(", ")}`,
        fix: `add \`${uncovered.join(",")}\` to no_proxy in /etc/environment`,
      },
    ];
  },
});

function covers(exception: string, target: string): boolean {
  if (exception === "*" || exception === target) return true;
  const range = parseRange(exception);
  const first = target.includes("/") ? parseRange(target)?.first : parseIPv4(target);
  return range !== undefined && first !== undefined && contains(range, first);
}
