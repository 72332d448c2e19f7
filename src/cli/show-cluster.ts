import type { RunSummary } from "../engine/events.ts";
import { formatDuration, seconds } from "../engine/time.ts";
import { kubeconfigPath } from "../kubernetes/kubeconfig-path.ts";
import { kubectl } from "../kubernetes/kubectl.ts";
import { harmlessText } from "../report/harmless-line.ts";
import { sh } from "../ssh/shell.ts";
import type { RunGround } from "../steps/contexts.ts";
import type { CommandContext } from "./command-context.ts";

/** Shows the finished cluster: its nodes and system pods as kubectl prints them, where the kubeconfig is, what to do next. */
export async function showCluster(
  { spec, nodes }: RunGround,
  { durationMs, counts }: RunSummary,
  { print, context }: { print: (line: string) => void; context: CommandContext },
): Promise<void> {
  const first = nodes.find(({ machine }) => machine.roles.includes("control-plane"));
  if (first === undefined) return;
  const [nodeTable, podTable] = [
    kubectl("get", "nodes", "-o=wide"),
    kubectl("get", "pods", "-n=kube-system", "-o=wide"),
  ];
  const tables = sh`${nodeTable} && echo && ${podTable}`;
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(seconds(30))]);
  const { stdout } = await first.host.read(tables, { signal });
  print(harmlessText(`\n${stdout.trimEnd()}\n`));
  const changes = counts.changed === 0 ? "nothing had to be changed" : `${counts.changed} steps changed something`;
  print(`Cluster ${spec.name} is ready: ${formatDuration(durationMs)}, ${changes}.`);
  const path = kubeconfigPath(spec);
  print(`  kubeconfig       ${path}`);
  print(`  use it           export KUBECONFIG=${path}`);
  print("  look around      kubectl get pods --all-namespaces");
  print("  run this again   changes nothing as long as the nodes are as the preset says");
}
