import type { Cluster } from "../cluster/cluster.ts";
import type { Machine } from "./machine.ts";

/** The cluster a kubeconfig leads to from a machine, or what kubectl says when it does not get there. */
export function clusterBehind(
  machine: Machine,
  kubeconfig: string,
): { readonly cluster: Cluster } | { readonly problem: string } {
  const server = /server"?: *"?https:\/\/([^\s"]+)/.exec(kubeconfig)?.[1] ?? "localhost:8080";
  const host = server.replace(/:\d+$/, "");
  const refused = {
    problem: `The connection to the server ${server} was refused - did you specify the right host or port?`,
  };
  const other = machine.surroundings.machineAt(host);
  if (other === undefined) return { problem: `Unable to connect to the server: dial tcp ${server}: i/o timeout` };
  const cluster = other.controlPlane;
  if (cluster === undefined || !cluster.answers) return refused;
  const authority = /certificate-authority-data"?: *"?([^\s"]+)/.exec(kubeconfig)?.[1] ?? "";
  if (Buffer.from(authority, "base64").toString("latin1").trim() !== cluster.ca.pem.trim()) {
    return { problem: "Unable to connect to the server: x509: certificate signed by unknown authority" };
  }
  return { cluster };
}
