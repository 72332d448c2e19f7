import { toInstallerError } from "../engine/errors.ts";
import type { RunSummary } from "../engine/events.ts";
import { seconds } from "../engine/time.ts";
import { kubeconfigPath } from "../kubernetes/kubeconfig-path.ts";
import { kubectl } from "../kubernetes/kubectl.ts";
import { harmlessText } from "../report/harmless-line.ts";
import type { Host } from "../ssh/host.ts";
import { sh } from "../ssh/shell.ts";
import type { RunGround } from "../steps/contexts.ts";
import { closingLines } from "./closing-lines.ts";
import type { CommandContext } from "./command-context.ts";

/** Rows of a table that are shown; more belong into a pager. */
const mostRows = 30;

/** Shows the finished cluster: system pods and nodes as kubectl prints them, where the kubeconfig is, what to do next. */
export async function showCluster(
  { spec, nodes }: RunGround,
  summary: RunSummary,
  { print, context }: { print: (line: string) => void; context: CommandContext },
): Promise<void> {
  const first = nodes.find(({ machine }) => machine.roles.includes("control-plane"));
  if (first === undefined) return;
  await showTables(first.host, print, context).catch((thrown: unknown) => {
    if (context.signal.aborted) throw thrown;
    context.inform(`warning: nodes and pods cannot be shown: ${toInstallerError(thrown).message}`);
  });
  for (const line of closingLines(spec.name, summary, kubeconfigPath(spec))) print(line);
}

async function showTables(
  host: Pick<Host, "read">,
  print: (line: string) => void,
  context: CommandContext,
): Promise<void> {
  const tables = sh`${kubectl("get", "pods", "-n=kube-system")} && echo && ${kubectl("get", "nodes")}`;
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(seconds(30))]);
  const { stdout } = await host.read(tables, { signal });
  const shown = stdout.trimEnd().split("\n\n").map(shortened).join("\n\n");
  print(harmlessText(`\n${shown}\n`));
}

function shortened(table: string): string {
  const [head = "", ...rows] = table.split("\n");
  const left = rows.length - mostRows;
  return [head, ...rows.slice(0, mostRows), ...(left > 0 ? [`... and ${left} more`] : [])].join("\n");
}
