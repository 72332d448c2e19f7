import { InstallerError } from "../../engine/errors.ts";
import { minutes, seconds } from "../../engine/time.ts";
import { kubectl } from "../../kubernetes/kubectl.ts";
import { holds, type PodObject } from "../../kubernetes/objects.ts";
import { sh } from "../../ssh/shell.ts";
import type { Action, ChangeableNode } from "../context.ts";
import { testEndpoints, testName, testPods } from "./test-objects.ts";
import type { TestPod } from "./traffic.ts";

/** Waits until the test pod of each node runs, and gives their addresses. */
export async function podsOn(
  { node, until, each }: Action,
  nodes: readonly ChangeableNode[],
): Promise<readonly TestPod<ChangeableNode>[]> {
  return until("a pod on every node", minutes(2), async () => {
    const pods = new Map((await testPods(node)).map((pod) => [pod.spec.nodeName, pod]));
    const running: TestPod<ChangeableNode>[] = [];
    const waiting: string[] = [];
    const lacking: ChangeableNode[] = [];
    for (const place of nodes) {
      const pod = pods.get(place.name);
      const address = pod?.status.podIP;
      if (pod !== undefined && address !== undefined && holds(pod.status.conditions, "Ready")) {
        running.push({ node: place, address });
        continue;
      }
      waiting.push(`${place.name}: ${stateOf(pod)}`);
      lacking.push(place);
    }
    await each(lacking, isThere);
    return waiting.length === 0 ? { done: true, value: running } : { done: false, saw: waiting.join("; ") };
  });
}

/** Finds out about a node that died meanwhile, whose pod would be waited for in vain. */
async function isThere(node: ChangeableNode): Promise<void> {
  await node.read(sh`true`);
}

function stateOf(pod: PodObject | undefined): string {
  if (pod === undefined) return "no pod";
  const waiting = pod.status.containerStatuses.flatMap(({ state }) => (state.waiting ? [state.waiting] : []))[0];
  return waiting === undefined ? (pod.status.phase ?? "unknown") : `${waiting.reason} ${waiting.message ?? ""}`.trim();
}

/**
 * Waits until the new Service has all its Endpoints, which takes a fraction of a second in a healthy cluster.
 * @throws InstallerError `verification-failed` with the cure for an API server that serves old watches
 */
export async function endpointsOf({ node, until }: Action, pods: readonly TestPod[]): Promise<void> {
  try {
    await until("the new Service to get its Endpoints", seconds(20), async () => {
      const addresses = new Set(await testEndpoints(node));
      const lacking = pods.filter(({ address }) => !addresses.has(address));
      return lacking.length === 0
        ? { done: true, value: undefined }
        : { done: false, saw: `${pods.length - lacking.length} of ${pods.length} Endpoints` };
    });
  } catch (cause) {
    if (!(cause instanceof InstallerError) || cause.code !== "deadline-exceeded") throw cause;
    throw new InstallerError("verification-failed", {
      message: `All nodes are Ready, but a new Service (${testName}) gets no Endpoints. ${cause.message}`,
      likelyCause:
        "the first API server serves old watches since etcd lost its leader for a moment (https://github.com/kubernetes/kubernetes/issues/97294)",
      nextSteps: [
        "on the first control plane: `crictl stop $(crictl ps -q --name kube-apiserver)`; the kubelet starts it again",
        "then run again",
      ],
      cause,
    });
  }
}

/**
 * Waits until the cluster's DNS has somebody to answer: its pods start only once a node is Ready.
 * @throws InstallerError `verification-failed` with the state of its pods
 */
export async function dnsServing({ node, until }: Action): Promise<void> {
  const addresses = kubectl(
    ...["get", "endpoints", "kube-dns", "--namespace=kube-system", "--ignore-not-found"],
    "--output=jsonpath={.subsets[*].addresses[*].ip}",
  );
  try {
    await until("the cluster's DNS to serve", minutes(3), async () => {
      const { stdout } = await node.read(addresses);
      return stdout === "" ? { done: false, saw: "no pod of it is ready" } : { done: true, value: undefined };
    });
  } catch (cause) {
    if (!(cause instanceof InstallerError) || cause.code !== "deadline-exceeded") throw cause;
    const pods = kubectl("get", "pods", "--namespace=kube-system", "--selector=k8s-app=kube-dns", "--output=wide");
    throw new InstallerError("verification-failed", {
      message: `The cluster's DNS does not serve. ${cause.message}`,
      output: (await node.read(pods)).stdout,
      nextSteps: [
        "`kubectl -n kube-system describe pods -l k8s-app=kube-dns` says what they wait for",
        "`kubectl -n kube-system logs -l k8s-app=kube-dns`; then run again",
      ],
      cause,
    });
  }
}
