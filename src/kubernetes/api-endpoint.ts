import type { ClusterSpec, NodeSpec } from "../preset/cluster-spec.ts";

/** `host:port`, IPv6 addresses in brackets. */
export function hostAndPort(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Where nodes reach the API: the endpoint in front of it, or else the first control plane itself. */
export function apiForNodes({ ha }: Pick<ClusterSpec, "ha">, firstControlPlane: NodeSpec): string {
  return ha.endpoint ?? hostAndPort(firstControlPlane.internalAddress, 6443);
}

/** Where the operator reaches the API: the endpoint in front of it, or else where the first control plane is logged in to. */
export function apiForOperator({ ha }: Pick<ClusterSpec, "ha">, firstControlPlane: NodeSpec): string {
  return ha.endpoint ?? hostAndPort(firstControlPlane.address, 6443);
}
