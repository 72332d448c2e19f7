import { sh } from "../../ssh/shell.ts";
import type { ChangeableNode, ObservedNode } from "../context.ts";
import { dnsAddresses, dnsQuery } from "./dns-message.ts";
import { testName, testPort } from "./test-objects.ts";

/** A test pod and the node it is on. */
export interface TestPod<N extends ObservedNode = ObservedNode> {
  readonly node: N;
  readonly address: string;
}

/** Where to send test traffic. */
export interface Targets {
  /** Test pods this one is to reach. */
  readonly pods: readonly TestPod[];
  readonly clusterIP: string;
  readonly nodePort: string;
  readonly dns: string;
  /** The DNS name of the test Service. */
  readonly serviceName: string;
}

const unit = `${testName}.service`;

/** Shell that sets `space` to the network namespace of the pod with the given address. */
const findSpace = (address: string) => sh`space=
for candidate in /run/netns/*; do
nsenter --net="$candidate" ip -4 -o address show 2>/dev/null | grep -qF " "${address}/ && space=$candidate
done
[ -n "$space" ] || { echo "no network namespace has the address "${address} >&2; exit 1; }`;

/** Lets the test pod answer each connection with the address it came from; it ends by itself after two minutes. */
export async function answerInPod({ node, address }: TestPod<ChangeableNode>): Promise<void> {
  await node.change(
    "answer in the test pod",
    sh`${findSpace(address)}
systemctl stop ${unit} 2>/dev/null
systemd-run --quiet --collect --unit=${unit} --property=RuntimeMaxSec=120 --property=KillSignal=SIGKILL \
nsenter --net="$space" socat TCP4-LISTEN:${testPort},fork,reuseaddr EXEC:/usr/bin/env`,
  );
}

/** Ends what answers in the test pod. */
export async function stopAnswering(node: ChangeableNode): Promise<void> {
  await node.change("stop answering in the test pod", sh`systemctl stop ${unit} 2>/dev/null || true`, {
    evenWhenEnded: true,
  });
}

/** Sends traffic from the node and from its test pod, all at once, and says in words what does not work. */
export async function trafficProblems({ node, address }: TestPod, targets: Targets): Promise<readonly string[]> {
  const { clusterIP, nodePort, dns, pods } = targets;
  const query = dnsQuery(targets.serviceName);
  const own = `${node.machine.internalAddress}:${nodePort}`;
  const { stdout } = await node.read(sh`${findSpace(address)}
end=$(($(date +%s) + 25))
persist() {
name=$1; shift
while :; do
answer=$("$@" 2>/dev/null)
[ -n "$answer" ] && break
[ "$(date +%s)" -lt "$end" ] || break
sleep 0.2
done
printf '%s %s\n' "$name" "$answer"
}
visit() { timeout 5 "$@" socat -t 3 - TCP4:"$target",connect-timeout=3 </dev/null | sed -n 's/^SOCAT_PEERADDR=//p'; }
resolve() { echo ${query} | base64 -d | timeout 5 "$@" socat -t 0.5 - UDP4:${dns}:53 | base64 -w 0; }
for target in ${pods.map((pod) => `${pod.address}:${testPort}`)}; do
persist "pod:$target" visit nsenter --net="$space" &
done
target=${clusterIP}:80
persist service:node visit env &
persist service:pod visit nsenter --net="$space" &
target=${own}
persist nodeport visit env &
persist dns:node resolve env &
persist dns:pod resolve nsenter --net="$space" &
wait`);
  const answers = new Map(stdout.split("\n").map((line) => splitOnce(line)));
  const answer = (name: string) => answers.get(name) ?? "";
  return [
    ...pods.flatMap((pod) => podProblem(node, address, pod, answer(`pod:${pod.address}:${testPort}`))),
    ...when(answer("service:node") === "", `${node.name}: the node does not reach the Service address ${clusterIP}`),
    ...when(answer("service:pod") === "", `${node.name}: a pod does not reach the Service address ${clusterIP}`),
    ...when(answer("nodeport") === "", `${node.name}: the node port ${own} does not answer`),
    ...dnsProblem(`${node.name}: the node`, answer("dns:node"), targets),
    ...dnsProblem(`${node.name}: a pod`, answer("dns:pod"), targets),
  ];
}

function podProblem(node: ObservedNode, address: string, pod: TestPod, seen: string): readonly string[] {
  const way = `${node.name} → ${pod.node.name}`;
  if (seen === "") return [`${way}: the pod ${address} does not reach the pod ${pod.address}`];
  return when(seen !== address, `${way}: the pod ${address} is seen as ${seen}, so its address is changed on the way`);
}

function dnsProblem(who: string, answer: string, { dns, serviceName, clusterIP }: Targets): readonly string[] {
  const addresses = dnsAddresses(answer);
  if (addresses === undefined) return [`${who} gets no answer from the cluster's DNS at ${dns}`];
  return when(
    !addresses.includes(clusterIP),
    `${who} is told ${addresses.join(", ") || "no address"} for ${serviceName}, not ${clusterIP}`,
  );
}

const when = (wrong: boolean, problem: string): readonly string[] => (wrong ? [problem] : []);

function splitOnce(line: string): [string, string] {
  const blank = line.indexOf(" ");
  return blank < 0 ? [line, ""] : [line.slice(0, blank), line.slice(blank + 1)];
}
