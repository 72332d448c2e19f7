import { kubectl } from "../../kubernetes/kubectl.ts";
import { listOf, type PodObject, parseObject, podObject } from "../../kubernetes/objects.ts";
import { sh } from "../../ssh/shell.ts";
import type { ChangeableNode, ObservedNode } from "../context.ts";

/** The name of the test Service and the beginning of the test Pods' names. */
export const testName = "kube-installer-verify";

/** Where every test Pod answers with the address it is spoken to from. */
export const testPort = 8080;

/** By this label test objects are found and removed, also those of a run that was killed. */
const label = "kube-installer/verify";
const namespace = "--namespace=kube-system";
const remove = kubectl("delete", "pod,service", namespace, `--selector=${label}`, "--ignore-not-found");

/** The longest a test object may outlive a run that could not remove it. */
const lifetimeSeconds = 300;
const switchUnit = "kube-installer-verify-cleanup";

export interface TestPlace {
  readonly node: string;
  /** An image that is on the node already. */
  readonly image: string;
}

/**
 * Makes one Pod on each node and a Service for all of them. A timer on the control plane removes them should this
 * run not come to it; leftovers of earlier runs go first.
 */
export async function makeTestObjects(node: ChangeableNode, places: readonly TestPlace[]): Promise<void> {
  await node.change(
    "make test pods and a test Service",
    sh`systemctl stop ${switchUnit}.timer 2>/dev/null
${remove} || exit
systemd-run --quiet --collect --unit=${switchUnit} --on-active=${lifetimeSeconds} ${remove} || exit
${kubectl("create", "--filename=-")}`,
    { stdin: JSON.stringify({ apiVersion: "v1", kind: "List", items: [testService(), ...places.map(testPod)] }) },
  );
}

/** Removes the test objects and waits until they are gone, also when the step is being ended. */
export async function removeTestObjects(node: ChangeableNode): Promise<void> {
  await node.change(
    "remove the test pods and the test Service",
    sh`${remove} && systemctl stop ${switchUnit}.timer 2>/dev/null`,
    { evenWhenEnded: true },
  );
}

/** The test Pods as they are now. */
export async function testPods(node: ObservedNode): Promise<readonly PodObject[]> {
  const { stdout } = await node.read(kubectl("get", "pods", namespace, `--selector=${label}`, "--output=json"));
  return parseObject(listOf(podObject), stdout).items;
}

/** The addresses behind the test Service. */
export async function testEndpoints(node: ObservedNode): Promise<readonly string[]> {
  const { stdout } = await node.read(
    kubectl(
      ...["get", "endpoints", testName, namespace, "--ignore-not-found"],
      "--output=jsonpath={.subsets[*].addresses[*].ip}",
    ),
  );
  return stdout.split(" ").filter((address) => address !== "");
}

/** Where the test Service and the cluster's DNS answer. */
export async function serviceAddresses(
  node: ObservedNode,
): Promise<{ clusterIP: string; nodePort: string; dns: string }> {
  const { stdout } = await node.read(
    kubectl(
      ...["get", "service", testName, "kube-dns", namespace],
      '--output=jsonpath={range .items[*]}{.spec.clusterIP} {.spec.ports[0].nodePort}{"\\n"}{end}',
    ),
  );
  const [test = "", dns = ""] = stdout.split("\n");
  const [clusterIP = "", nodePort = ""] = test.split(" ");
  return { clusterIP, nodePort, dns: dns.trim() };
}

function testService() {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: testName, namespace: "kube-system", labels: { [label]: "service" } },
    spec: { type: "NodePort", selector: { [label]: "pod" }, ports: [{ port: 80, targetPort: testPort }] },
  };
}

function testPod({ node, image }: TestPlace) {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: `${testName}-${node}`, namespace: "kube-system", labels: { [label]: "pod" } },
    spec: {
      nodeName: node,
      containers: [{ name: "pause", image, imagePullPolicy: "IfNotPresent" }],
      tolerations: [{ operator: "Exists" }],
      restartPolicy: "Never",
      activeDeadlineSeconds: lifetimeSeconds,
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
    },
  };
}
