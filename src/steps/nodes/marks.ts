import type { NodeObject } from "../../kubernetes/objects.ts";
import type { NodeSpec } from "../../preset/cluster-spec.ts";

/** The annotation in which a Node says which of its labels and taints come from the preset. */
export const ownMark = "kube-installer/from-preset";

/** What a Node lacks, as kubectl's arguments; `own` is the new value of the annotation. */
export interface Marks {
  /** `key=value` */
  readonly labels: readonly string[];
  /** `key=value:Effect` or `key:Effect` */
  readonly taints: readonly string[];
  readonly own: string;
}

/** What the Node lacks of the preset's labels and taints, or undefined when it lacks nothing. */
export function marksLacking(node: NodeObject, { labels, taints }: NodeSpec): Marks | undefined {
  const newLabels = Object.entries(labels)
    .filter(([key, value]) => node.metadata.labels[key] !== value)
    .map(([key, value]) => `${key}=${value}`);
  const newTaints = taints
    .filter(
      (wanted) =>
        !node.spec.taints.some(
          ({ key, value, effect }) =>
            key === wanted.key && effect === wanted.effect && (value ?? "") === (wanted.value ?? ""),
        ),
    )
    .map(({ key, value, effect }) => (value === undefined ? `${key}:${effect}` : `${key}=${value}:${effect}`));
  const own = [...Object.keys(labels), ...taints.map(({ key, effect }) => `${key}:${effect}`)].sort().join(",");
  const recorded = node.metadata.annotations[ownMark] ?? "";
  if (newLabels.length === 0 && newTaints.length === 0 && recorded === own) return undefined;
  return { labels: newLabels, taints: newTaints, own };
}
