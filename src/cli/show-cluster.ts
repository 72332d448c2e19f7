import type { RunSummary } from "../engine/events.ts";
import { seconds } from "../engine/time.ts";
import { kubeconfigPath } from "../kubernetes/kubeconfig-path.ts";
import { kubectl } from "../kubernetes/kubectl.ts";
import { harmlessText } from "../report/harmless-line.ts";
import { sh } from "../ssh/shell.ts";
import type { RunGround } from "../steps/contexts.ts";
import { closingLines } from "./closing-lines.ts";
import type { CommandContext } from "./command-context.ts";

/** Shows the finished cluster: its nodes and system pods as kubectl prints them, where the kubeconfig is, what to do next. */
export async function showCluster(
  { spec, nodes }: RunGround,
  summary: RunSummary,
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
  for (const line of closingLines(spec.name, summary, kubeconfigPath(spec))) print(line);
}
