import { z } from "zod";
import { kubectl } from "../../kubernetes/kubectl.ts";
import { type ListedNode, listNodes, listNodesKeep, readListedNodes } from "../../kubernetes/list-nodes.ts";
import { parseObject } from "../../kubernetes/objects.ts";
import type { ChangeableNode, Observation } from "../context.ts";

/** Where the cluster keeps what was verified: a ConfigMap that any operator's next run finds. */
const recordName = "kube-installer";

const schema = z.object({ nodes: z.record(z.string(), z.object({ uid: z.string(), kubelet: z.string() })) });

/** Which nodes were verified: the same machine in the same version need not be verified again. */
export type VerificationRecord = z.infer<typeof schema>["nodes"];

export interface ClusterMembers {
  /** Nodes of the preset that are in the cluster and Ready, in the order of the preset. */
  readonly ready: readonly ListedNode[];
  /** Names of nodes of the preset that are not; their own steps report why. */
  readonly notReady: readonly string[];
  /** What was verified before, of every Node that still is in the cluster, also those this run leaves alone. */
  readonly record: VerificationRecord;
}

/** The nodes as they are now and as they were verified. */
export async function clusterMembers({ node, nodes }: Observation): Promise<ClusterMembers> {
  const [listed, recorded] = await Promise.all([
    node.read(kubectl(...listNodes), { keep: listNodesKeep }),
    node.read(
      kubectl(
        ...["get", "configmap", recordName, "--namespace=kube-system", "--ignore-not-found"],
        "--output=jsonpath={.data.verification}",
      ),
    ),
  ]);
  const present = readListedNodes(listed.stdout);
  const members = nodes.filter(({ machine: { roles } }) => roles.includes("control-plane") || roles.includes("worker"));
  const ready = members.flatMap(({ name }) => {
    const listed = present.get(name);
    return listed?.ready === true ? [listed] : [];
  });
  return {
    ready,
    notReady: members.map(({ name }) => name).filter((name) => present.get(name)?.ready !== true),
    record: Object.fromEntries(
      Object.entries(recorded.stdout === "" ? {} : parseObject(schema, recorded.stdout).nodes).filter(([name]) =>
        present.has(name),
      ),
    ),
  };
}

/** Whether the node is the one that was verified, with the same kubelet. */
export function isVerified({ name, uid, kubeletVersion }: ListedNode, record: VerificationRecord): boolean {
  const entry = record[name];
  return entry?.uid === uid && entry.kubelet === kubeletVersion;
}

/** The record with these nodes as verified too. */
export function withVerified(record: VerificationRecord, verified: readonly ListedNode[]): VerificationRecord {
  const now = verified.map(({ name, uid, kubeletVersion }) => [name, { uid, kubelet: kubeletVersion }] as const);
  return { ...record, ...Object.fromEntries(now) };
}

/** Notes in the cluster which nodes work. */
export async function recordVerification(node: ChangeableNode, nodes: VerificationRecord): Promise<void> {
  const object = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: recordName, namespace: "kube-system" },
    data: { verification: JSON.stringify({ time: new Date().toISOString(), nodes }) },
  };
  await node.change("record what was verified", kubectl("apply", "--filename=-"), { stdin: JSON.stringify(object) });
}
