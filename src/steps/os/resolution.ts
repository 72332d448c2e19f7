import { isIP } from "node:net";
import { apiForNodes } from "../../kubernetes/api-endpoint.ts";
import type { Observation } from "../context.ts";

/** A name a node must resolve, and the address it stands for. */
export interface Resolution {
  readonly name: string;
  readonly address: string;
}

/**
 * The names a node must resolve by itself: its own, and that of the API endpoint when it is the first control plane.
 * No peers: adding a node must not touch the others.
 */
export function neededResolutions({ node, firstControlPlane, spec }: Observation): readonly Resolution[] {
  const own = { name: node.name, address: node.machine.internalAddress };
  const host = apiForNodes(spec, firstControlPlane.machine).replace(/:\d+$/, "");
  const needsEndpoint = spec.ha.mode === "single" && isIP(host.replace(/^\[|\]$/g, "")) === 0 && host !== own.name;
  return needsEndpoint ? [own, { name: host, address: firstControlPlane.machine.internalAddress }] : [own];
}

const begin = "# kube-installer: begin";
const end = "# kube-installer: end";

/** /etc/hosts with our block, and nothing else, replaced; it stands first, because the first match counts. */
export function withHostsBlock(hosts: string, resolutions: readonly Resolution[]): string {
  const rest = withoutHostsBlock(hosts);
  if (resolutions.length === 0) return rest;
  const lines = resolutions.map(({ name, address }) => `${address} ${name}`);
  return `${[begin, ...lines, end].join("\n")}\n${rest}`;
}

function withoutHostsBlock(hosts: string): string {
  const lines = hosts.split("\n");
  const [from, to] = [lines.indexOf(begin), lines.indexOf(end)];
  return from < 0 || to < from ? hosts : [...lines.slice(0, from), ...lines.slice(to + 1)].join("\n");
}
