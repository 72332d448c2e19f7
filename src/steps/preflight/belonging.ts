import type { Evidence, NodeEvidence } from "./evidence.ts";
import { firstControlPlane } from "./evidence.ts";

/**
 * Whose the Kubernetes on a node is: `none` there, of `this` cluster, of `another` one, or `unfinished`, so that it
 * cannot be told.
 */
export type Belonging = "none" | "this" | "another" | "unfinished";

/** Tells this cluster's node from another one's remains: by the API server it talks to, the CA it trusts and our own note. */
export function belongingOf(node: NodeEvidence, evidence: Evidence): Belonging {
  const { files, server, caFingerprint, claimedBy, takingBack, joined, etcdData } = node.facts.kubernetes;
  const ours = isOurServer(server, evidence);
  const first = firstControlPlane(evidence);
  const cluster = first?.facts.kubernetes;
  if (server === undefined && caFingerprint === undefined && files.length === 0 && !joined) {
    if (!etcdData || !node.controlPlane) return "none";
    return takingBack && claimedBy === evidence.spec.name ? "unfinished" : "another";
  }
  if (ours === false || (claimedBy !== undefined && claimedBy !== evidence.spec.name)) return "another";
  if (caFingerprint !== undefined && cluster !== undefined && first !== node) {
    const sameCluster = cluster.caFingerprint === caFingerprint && isOurServer(cluster.server, evidence) !== false;
    if (!sameCluster) return "another";
  }
  return ours === true ? "this" : "unfinished";
}

/** Undefined when no server is known. */
function isOurServer(server: string | undefined, { spec, nodes }: Evidence): boolean | undefined {
  if (server === undefined || !URL.canParse(server)) return undefined;
  const url = new URL(server);
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const controlPlanes = nodes.filter((node) => node.controlPlane);
  const hosts = controlPlanes.flatMap(({ name, machine }) => [name, machine.internalAddress, machine.address]);
  const endpoint = spec.ha.endpoint?.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
  return [...hosts, endpoint, "127.0.0.1", "localhost"].includes(host);
}
