import { nodeNameFor } from "../node-name.ts";
import type { Path } from "../path.ts";
import type { Partly, PartlyPreset } from "../salvage.ts";
import type { PresetInput } from "../schema/preset.ts";

type StaticNode = NonNullable<PresetInput["spec"]["topology"]["static"]>["nodes"][number];

/** One node of the static topology as far as it is valid, with the place it stands at. */
export interface ListedNode {
  readonly path: Path;
  readonly node: Partly<StaticNode>;
  readonly name: string | undefined;
  readonly internalAddress: string | undefined;
}

export const nodesPath = ["spec", "topology", "static", "nodes"] as const;

/** The nodes of the static topology; empty for others. */
export function listNodes(preset: PartlyPreset): ListedNode[] {
  return (preset.spec?.topology?.static?.nodes ?? []).flatMap((node, index) =>
    node === undefined
      ? []
      : [
          {
            path: [...nodesPath, index],
            node,
            name: "name" in node || node.address === undefined ? node.name : nodeNameFor(node.address),
            internalAddress: "internalAddress" in node ? node.internalAddress : node.address,
          },
        ],
  );
}

/** How many nodes the cluster will have, whatever the topology; undefined when that cannot be told. */
export function countNodes(preset: PartlyPreset): number | undefined {
  const { static: machines, lab } = preset.spec?.topology ?? {};
  if (machines?.nodes !== undefined) return machines.nodes.length;
  return lab === undefined ? undefined : (lab.controlPlanes ?? 1) + (lab.workers ?? 1);
}
