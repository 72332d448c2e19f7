import { InstallerError } from "../../engine/errors.ts";
import { differs, missing, satisfied } from "../../engine/step.ts";
import { minutes } from "../../engine/time.ts";
import type { ListedNode } from "../../kubernetes/list-nodes.ts";
import { type Action, step } from "../context.ts";
import { kubeletProblems } from "./kubelet-access.ts";
import { partnersOf } from "./partners.ts";
import { clusterMembers, isVerified, recordVerification, withVerified } from "./record.ts";
import { inRounds, nodesInRound } from "./rounds.ts";
import { sandboxImage } from "./sandbox-image.ts";
import { makeTestObjects, removeTestObjects, serviceAddresses, testName } from "./test-objects.ts";
import { answerInPod, stopAnswering, trafficProblems } from "./traffic.ts";
import { dnsServing, endpointsOf, podsOn } from "./wait-for-test-pods.ts";

/**
 * Proves that the cluster works: pods on every node, traffic between them with their own addresses, Services, DNS, and
 * the way to every kubelet. Nodes that were verified before are not verified again, but serve as partners of new ones.
 * Many nodes are verified in rounds, each recorded when it is done, so that no round is too much for the control plane.
 */
export const verifyCluster = step({
  id: "verify.cluster",
  title: "Verify pods, Services, DNS and kubelets",
  on: "cluster",
  needs: ["verify.ready", "network.bridge"],
  deadline: minutes(6),
  check: async (context) => {
    const { ready, notReady, record } = await clusterMembers(context);
    const open = ready.filter((node) => !isVerified(node, record)).map(({ name }) => name);
    const besides = notReady.length === 0 ? "" : `; not Ready and left out: ${notReady.join(", ")}`;
    if (ready.length === 0) return missing(`no node is Ready${besides}`);
    if (open.length > 0) return differs(`not verified yet: ${open.join(", ")}${besides}`);
    return satisfied(`all of ${ready.length} nodes work${besides}`);
  },
  apply: async (context) => {
    const members = await clusterMembers(context);
    const open = members.ready.filter((node) => !isVerified(node, members.record));
    const known = members.ready.find((node) => isVerified(node, members.record));
    let { record } = members;
    let partner = known;
    const problems: string[] = [];
    for (const round of inRounds(open)) {
      const grown = withVerified(record, round);
      const involved = partner === undefined ? round : [...round, partner];
      const found = await verify(context, involved, () => recordVerification(context.node, grown));
      problems.push(...found);
      if (problems.length > nodesInRound) break;
      if (found.length > 0) continue;
      record = grown;
      partner ??= round[0];
    }
    if (problems.length > 0) throw verificationFailed(problems);
  },
});

async function verify(
  context: Action,
  involved: readonly ListedNode[],
  record: () => Promise<void>,
): Promise<readonly string[]> {
  const { node: controlPlane, each } = context;
  const names = new Set(involved.map(({ name }) => name));
  const nodes = context.nodes.filter(({ name }) => names.has(name));
  const images = await each(nodes, async (node) => ({ node: node.name, image: await sandboxImage(node) }));
  let recording: Promise<void> | undefined;
  try {
    await makeTestObjects(controlPlane, images);
    const [pods] = await Promise.all([podsOn(context, nodes), dnsServing(context)]);
    const [addresses] = await Promise.all([
      serviceAddresses(controlPlane),
      endpointsOf(context, pods),
      each(pods, answerInPod),
    ]);
    const serviceName = `${testName}.kube-system.svc.${context.spec.network.dnsDomain}`;
    const [ofKubelets, ofTraffic] = await Promise.all([
      kubeletProblems(controlPlane, [...names]),
      each(pods, (pod) => trafficProblems(pod, { ...addresses, serviceName, pods: partnersOf(pod, pods) })),
    ]);
    const problems = [...ofKubelets, ...ofTraffic.flat()];
    if (problems.length === 0) recording = record();
    return problems;
  } finally {
    await Promise.all([recording, removeTestObjects(controlPlane), each(nodes, stopAnswering)]);
  }
}

function verificationFailed(problems: readonly string[]): InstallerError {
  const dns = problems.some((problem) => problem.includes("DNS"));
  const way = problems.some((problem) => problem.includes("→"));
  return new InstallerError("verification-failed", {
    message: `The cluster runs, but ${problems.length === 1 ? "this does" : "these do"} not work: ${problems.join("; ")}`,
    ...(way ? { likelyCause: "a firewall between the nodes drops pod traffic, or rewrites its addresses" } : {}),
    nextSteps: [
      ...(way
        ? ["compare `ip route` and `iptables -S FORWARD` on both nodes; allow the pod network between them"]
        : []),
      ...(dns ? ["`kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide` and their logs"] : []),
      "on a node named above: `crictl ps`, and `crictl logs` of its kube-proxy",
      "run again: only what is not verified yet is verified",
    ],
  });
}
