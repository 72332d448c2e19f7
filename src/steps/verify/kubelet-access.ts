import { kubectl } from "../../kubernetes/kubectl.ts";
import { sh } from "../../ssh/shell.ts";
import type { ObservedNode } from "../context.ts";
import { fields } from "../fields.ts";

/** Nodes asked about at once: for each of them two kubectl run on the control plane, which has other things to do. */
export const nodesAtOnce = 32;

interface Proxy {
  readonly node: string;
  readonly pod: string;
}

/** Asks the API for logs of, and a command in, the kube-proxy of each node; the answer comes through its kubelet. */
export async function kubeletProblems(
  controlPlane: ObservedNode,
  nodes: readonly string[],
): Promise<readonly string[]> {
  const proxies = await proxiesByNode(controlPlane);
  const there = nodes.flatMap((node): Proxy[] => {
    const pod = proxies.get(node);
    return pod === undefined ? [] : [{ node, pod }];
  });
  const problems = nodes.filter((node) => !proxies.has(node)).map((node) => `${node}: it has no kube-proxy pod`);
  for (let start = 0; start < there.length; start += nodesAtOnce) {
    problems.push(...(await problemsOf(controlPlane, there.slice(start, start + nodesAtOnce))));
  }
  return problems;
}

async function proxiesByNode(controlPlane: ObservedNode): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await controlPlane.read(
    kubectl(
      ...["get", "pods", "--namespace=kube-system", "--selector=k8s-app=kube-proxy"],
      '--output=jsonpath={range .items[*]}{.spec.nodeName} {.metadata.name}{"\\n"}{end}',
    ),
  );
  return fields(stdout);
}

async function problemsOf(controlPlane: ObservedNode, proxies: readonly Proxy[]): Promise<readonly string[]> {
  const { stdout } = await controlPlane.read(sh`end=$(($(date +%s) + 25))
persist() {
name=$1; shift
while ! problem=$("$@" 2>&1 >/dev/null); do
[ "$(date +%s)" -lt "$end" ] || { echo "$name $(echo "$problem" | tail -n 1)"; return; }
sleep 0.5
done
echo "$name ok"
}
for proxy in ${proxies.map(({ node, pod }) => `${node}/${pod}`)}; do
node=\${proxy%/*} pod=\${proxy#*/}
persist "logs:$node" ${kubectl("logs", "--namespace=kube-system", "--tail=1")} "$pod" &
persist "exec:$node" ${kubectl("exec", "--namespace=kube-system")} "$pod" -- kube-proxy --version &
done
wait`);
  const saw = fields(stdout);
  return proxies.flatMap(({ node }) =>
    (["logs", "exec"] as const).flatMap((what) => {
      const answer = saw.get(`${what}:${node}`) ?? "no answer";
      return answer === "ok" ? [] : [`${node}: kubectl ${what} through its kubelet: ${answer}`];
    }),
  );
}
