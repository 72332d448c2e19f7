import { z } from "zod";
import { kubectl } from "../../kubernetes/kubectl.ts";
import { holds, listOf, type NodeObject, nodeObject, parseObject } from "../../kubernetes/objects.ts";
import type { ChangeableNode, Observation } from "../context.ts";

/** Where the cluster keeps what was verified: a ConfigMap that any operator's next run finds. */
const recordName = "kube-installer";

const schema = z.object({ nodes: z.record(z.string(), z.object({ uid: z.string(), kubelet: z.string() })) });

/** Which nodes were verified: the same machine in the same version need not be verified again. */
export type VerificationRecord = z.infer<typeof schema>["nodes"];

export interface ClusterMembers {
  /** Nodes of the preset that are in the cluster and Ready, in the order of the preset. */
  readonly ready: readonly NodeObject[];
  /** Names of nodes of the preset that are not; their own steps report why. */
  readonly notReady: readonly string[];
  /** What was verified before, of every Node that still is in the cluster, also those this run leaves alone. */
  readonly record: VerificationRecord;
}

/** The nodes as they are now and as they were verified. */
export async function clusterMembers({ node, nodes }: Observation): Promise<ClusterMembers> {
  const [listed, recorded] = await Promise.all([
    node.read(kubectl("get", "nodes", "--output=json")),
    node.read(
      kubectl(
        ...["get", "configmap", recordName, "--namespace=kube-system", "--ignore-not-found"],
        "--output=jsonpath={.data.verification}",
      ),
    ),
  ]);
  const present = new Map<string, NodeObject>(
    parseObject(listOf(nodeObject), listed.stdout).items.map((item) => [item.metadata.name, item]),
  );
  const members = nodes.filter(({ machine: { roles } }) => roles.includes("control-plane") || roles.includes("worker"));
  const ready = members.flatMap(({ name }) => {
    const object = present.get(name);
    return object !== undefined && holds(object.status.conditions, "Ready") ? [object] : [];
  });
  const readyNames = new Set(ready.map(({ metadata }) => metadata.name));
  return {
    ready,
    notReady: members.map(({ name }) => name).filter((name) => !readyNames.has(name)),
    record: Object.fromEntries(
      Object.entries(recorded.stdout === "" ? {} : parseObject(schema, recorded.stdout).nodes).filter(([name]) =>
        present.has(name),
      ),
    ),
  };
}

/** Whether the node is the one that was verified, with the same kubelet. */
export function isVerified(node: NodeObject, record: VerificationRecord): boolean {
  const entry = record[node.metadata.name];
  return entry?.uid === node.metadata.uid && entry.kubelet === node.status.nodeInfo.kubeletVersion;
}

/** Notes in the cluster that these nodes work, beside those that were verified before. */
export async function recordVerification(
  node: ChangeableNode,
  verified: readonly NodeObject[],
  before: VerificationRecord,
): Promise<void> {
  const now = verified.map(({ metadata, status }): [string, VerificationRecord[string]] => [
    metadata.name,
    { uid: metadata.uid, kubelet: status.nodeInfo.kubeletVersion },
  ]);
  const nodes = { ...before, ...Object.fromEntries(now) };
  const object = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: recordName, namespace: "kube-system" },
    data: { verification: JSON.stringify({ time: new Date().toISOString(), nodes }) },
  };
  await node.change("record what was verified", kubectl("apply", "--filename=-"), { stdin: JSON.stringify(object) });
}
