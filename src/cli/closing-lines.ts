import type { RunSummary } from "../engine/events.ts";
import { formatDuration } from "../engine/time.ts";

/** What is said of a finished cluster: how long it took, where the kubeconfig is, what to do next. */
export function closingLines(
  name: string,
  { durationMs, counts }: Pick<RunSummary, "durationMs" | "counts">,
  kubeconfig: string,
): readonly string[] {
  const changes = counts.changed === 0 ? "nothing had to be changed" : `${counts.changed} steps changed something`;
  return [
    `Cluster ${name} is ready: ${formatDuration(durationMs)}, ${changes}.`,
    `  kubeconfig       ${kubeconfig}`,
    `  use it           export KUBECONFIG=${kubeconfig}`,
    "  look around      kubectl get pods --all-namespaces",
    "  run this again   changes nothing as long as the nodes are as the preset says",
  ];
}
