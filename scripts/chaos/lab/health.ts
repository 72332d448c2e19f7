import { type Observed, until } from "../../../src/engine/time.ts";
import type { TestCluster } from "./test-cluster.ts";

const patience = 60_000;

/**
 * Asks the cluster itself, inside its first node and past the program under test: every node is Ready, every system pod
 * runs, nothing of any run is left. Gives milliseconds until that was so.
 * @throws InstallerError `deadline-exceeded` with what is wrong
 */
export async function healthy(cluster: TestCluster): Promise<number> {
  const began = performance.now();
  const signal = AbortSignal.timeout(2 * patience);
  const look = async (): Promise<Observed<true>> => {
    const wrong = await whatIsWrong(cluster).catch((thrown: unknown) => [String(thrown)]);
    return wrong.length === 0 ? { done: true, value: true } : { done: false, saw: wrong.join("; ") };
  };
  await until(`a healthy cluster ${cluster.name}`, look, { signal, deadline: patience, interval: 1000 });
  return Math.round(performance.now() - began);
}

async function whatIsWrong({ machines, nodes }: TestCluster): Promise<string[]> {
  const ready = '{range .items[*]}{.metadata.name}={.status.conditions[?(@.type=="Ready")].status} {end}';
  const [nodesReady, pods, namespaces, left] = await Promise.all([
    machines.kubectl(`get nodes -o jsonpath='${ready}'`),
    machines.kubectl("get pods -n kube-system -o jsonpath='{range .items[*]}{.metadata.name}={.status.phase} {end}'"),
    machines.kubectl("get namespaces -o jsonpath='{.items[*].metadata.name}'"),
    Promise.all(
      nodes.map((node) =>
        machines.inNode(node, "ls -d /run/kube-installer/lock* /run/kube-installer/kubeadm.* 2>/dev/null || true"),
      ),
    ),
  ]);
  const wrong: string[] = [];
  const wanted = nodes.map((node) => `${node}=True`).join(" ");
  if (words(nodesReady).join(" ") !== wanted) wrong.push(`nodes: ${nodesReady.trim()}, not ${wanted}`);
  const system = words(pods);
  const idle = system.filter((pod) => !pod.endsWith("=Running"));
  if (idle.length > 0) wrong.push(`pods: ${idle.join(" ")}`);
  const expected = ["etcd-cp-1", "kube-apiserver-cp-1", "coredns-", "kube-proxy-"];
  const absent = expected.filter((start) => !system.some((pod) => pod.startsWith(start)));
  if (absent.length > 0) wrong.push(`no pod ${absent.join(", ")}`);
  const foreign = words(namespaces).filter(
    (name) => name !== "default" && !/^kube-(node-lease|public|system)$/.test(name),
  );
  if (foreign.length > 0) wrong.push(`namespaces left: ${foreign.join(" ")}`);
  for (const [index, files] of left.entries()) {
    if (files.trim() !== "") wrong.push(`${nodes[index]} still has ${words(files).join(" ")}`);
  }
  return wrong;
}

const words = (text: string) =>
  text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== "");
