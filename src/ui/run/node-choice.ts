import type { NodeProgress, NodeState } from "./node-progress.ts";

/** Whose name, role or state contains the text; all nodes for an empty one. */
export function nodesMatching(nodes: readonly NodeProgress[], text: string): readonly NodeProgress[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return nodes;
  return nodes.filter(({ name, roles, state }) =>
    [name, ...roles, wordFor[state]].some((word) => word.toLowerCase().includes(wanted)),
  );
}

/** The place of the next node behind a place that failed or was set aside, from the start again after the last one. */
export function nextFailed(nodes: readonly NodeProgress[], after: number): number | undefined {
  const behind = nodes.findIndex((node, index) => index > after && wentWrong(node));
  const found = behind === -1 ? nodes.findIndex(wentWrong) : behind;
  return found === -1 ? undefined : found;
}

/** `3/5 done, 1 failed, 1 set aside` */
export function countsOfNodes(nodes: readonly NodeProgress[]): string {
  const counts: Record<NodeState, number> = { waiting: 0, running: 0, done: 0, failed: 0, "set-aside": 0 };
  for (const { state } of nodes) counts[state] += 1;
  const wrong = (["failed", "set-aside"] as const).flatMap((state) =>
    counts[state] === 0 ? [] : [`${counts[state]} ${wordFor[state]}`],
  );
  return [`${counts.done}/${nodes.length} done`, ...wrong].join(", ");
}

function wentWrong({ state }: NodeProgress): boolean {
  return state === "failed" || state === "set-aside";
}

const wordFor: Readonly<Record<NodeState, string>> = {
  waiting: "waiting",
  running: "running",
  done: "done",
  failed: "failed",
  "set-aside": "set aside",
};
