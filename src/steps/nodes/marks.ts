import type { ListedNode } from "../../kubernetes/list-nodes.ts";
import type { NodeSpec } from "../../preset/cluster-spec.ts";

/** What a Node lacks, as kubectl's arguments; `own` is the new value of the annotation. */
export interface Marks {
  /** `key=value` */
  readonly labels: readonly string[];
  /** `key=value:Effect` or `key:Effect` */
  readonly taints: readonly string[];
  readonly own: string;
}

/** What the Node lacks of the preset's labels and taints, or undefined when it lacks nothing. */
export function marksLacking(node: ListedNode, { labels, taints }: NodeSpec): Marks | undefined {
  const newLabels = Object.entries(labels)
    .filter(([key, value]) => node.labels[key] !== value)
    .map(([key, value]) => `${key}=${value}`);
  const newTaints = taints
    .filter(
      (wanted) =>
        !node.taints.some(
          ({ key, value, effect }) =>
            key === wanted.key && effect === wanted.effect && (value ?? "") === (wanted.value ?? ""),
        ),
    )
    .map(({ key, value, effect }) => (value === undefined ? `${key}:${effect}` : `${key}=${value}:${effect}`));
  const own = [...Object.keys(labels), ...taints.map(({ key, effect }) => `${key}:${effect}`)].sort().join(",");
  if (newLabels.length === 0 && newTaints.length === 0 && node.fromPreset === own) return undefined;
  return { labels: newLabels, taints: newTaints, own };
}
