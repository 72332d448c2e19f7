import type { Cluster } from "../cluster/cluster.ts";
import type { Machine } from "./machine.ts";

/** The cluster a kubeconfig leads to from a machine, or what kubectl says when it does not get there. */
export function clusterBehind(
  machine: Machine,
  kubeconfig: string,
): { readonly cluster: Cluster } | { readonly problem: string } {
  const { server, host, authority } = read(kubeconfig);
  const refused = {
    problem: `The connection to the server ${server} was refused - did you specify the right host or port?`,
  };
  const other = machine.surroundings.machineAt(host);
  if (other === undefined) return { problem: `Unable to connect to the server: dial tcp ${server}: i/o timeout` };
  const cluster = other.controlPlane;
  if (cluster === undefined || !cluster.answers) return refused;
  if (authority !== cluster.ca.pem.trim()) {
    return { problem: "Unable to connect to the server: x509: certificate signed by unknown authority" };
  }
  return { cluster };
}

interface Kubeconfig {
  readonly server: string;
  readonly host: string;
  /** The certificate of the authority, PEM. */
  readonly authority: string;
}

const known = new Map<string, Kubeconfig>();
const mostKnown = 1000;

/** What a kubeconfig says of its server; every command of a machine asks for the same one. */
function read(text: string): Kubeconfig {
  const before = known.get(text);
  if (before !== undefined) return before;
  const server = /server"?: *"?https:\/\/([^\s"]+)/.exec(text)?.[1] ?? "localhost:8080";
  const authority = /certificate-authority-data"?: *"?([^\s"]+)/.exec(text)?.[1] ?? "";
  const made = {
    server,
    host: server.replace(/:\d+$/, ""),
    authority: Buffer.from(authority, "base64").toString("latin1").trim(),
  };
  if (known.size >= mostKnown) known.clear();
  known.set(text, made);
  return made;
}
