import {
  agentKubeconfig,
  agentProgram,
  agentStatus,
  agentUnit,
  cniConfiguration,
} from "../../../src/steps/network/names.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { specOf } from "../cluster/cluster.ts";
import type { Machine } from "./machine.ts";
import { clusterBehind } from "./reach-cluster.ts";

export const bridgeUnit = agentUnit;

/** What the product's agent of the pod network would have done by now; its program itself is not run here. */
export function settleAgent(machine: Machine): void {
  if (!machine.active.has(agentUnit) || !machine.files.exists(agentProgram)) return;
  const status = `${work(machine)}\n`;
  if (machine.files.readIfThere(agentStatus) !== status) machine.files.plant(agentStatus, status);
}

/** Does what the agent does and gives the line it says about it. */
function work(machine: Machine): string {
  const kubeconfig = machine.files.readIfThere(agentKubeconfig);
  if (kubeconfig === undefined) return "waiting: the API does not answer: no kubeconfig";
  const reached = clusterBehind(machine, kubeconfig);
  if (!("cluster" in reached)) return `waiting: the API does not answer: ${reached.problem}`;
  if (!accepts(reached.cluster, kubeconfig)) return "waiting: the API does not answer: Unauthorized";
  const node = reached.cluster.find("Node", machine.name);
  if (node === undefined) return "waiting: the cluster has given this node no pod range yet";
  if (!machine.files.exists(cniConfiguration)) {
    const configuration = { name: "kube-installer-bridge", range: specOf(node).podCIDR };
    machine.files.plant(cniConfiguration, JSON.stringify(configuration));
  }
  return `ok: routes to ${reached.cluster.members - 1} nodes`;
}

function accepts(cluster: Cluster, kubeconfig: string): boolean {
  const secrets = cluster
    .list("Secret", "kube-system")
    .filter(({ type }) => type === "kubernetes.io/service-account-token");
  return secrets.some(({ data }) => {
    const token = typeof data === "object" && data !== null && "token" in data ? String(data.token) : "";
    return token !== "" && kubeconfig.includes(decoded(token));
  });
}

let last: { readonly token: string; readonly text: string } | undefined;

/** Every machine of a cluster has the same token. */
function decoded(token: string): string {
  if (last?.token !== token) last = { token, text: Buffer.from(token, "base64").toString("latin1") };
  return last.text;
}
