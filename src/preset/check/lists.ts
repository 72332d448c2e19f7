import type { Finding } from "../finding.ts";
import type { Path } from "../path.ts";
import type { PartlyPreset } from "../salvage.ts";
import { listNodes } from "./node-list.ts";

/** Lists in which each thing may stand once: the taints of a node, registries with mirrors. */
export function checkLists(preset: PartlyPreset): Finding[] {
  const mirrors = preset.spec?.runtime?.registryMirrors ?? [];
  return [
    ...listNodes(preset).flatMap(({ path, node }) =>
      repeated(
        (node.taints ?? []).map((taint) => (taint?.key && taint.effect ? `${taint.key}:${taint.effect}` : undefined)),
        [...path, "taints"],
        "the taint",
      ),
    ),
    ...repeated(
      mirrors.map((mirror) => mirror?.registry),
      ["spec", "runtime", "registryMirrors"],
      "the registry",
    ),
  ];
}

function repeated(values: readonly (string | undefined)[], path: Path, what: string): Finding[] {
  const seen = new Set<string>();
  return values.flatMap((value, index): Finding[] => {
    if (value === undefined) return [];
    if (!seen.has(value)) {
      seen.add(value);
      return [];
    }
    return [
      {
        severity: "error",
        path: [...path, index],
        message: `${what} ${value} is given twice`,
        hint: "keep one of the two",
      },
    ];
  });
}
