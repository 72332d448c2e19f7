import type { Path } from "./path.ts";

/**
 * What the design has a place for but this version cannot do: keys and values that get "not yet supported" instead of
 * "unknown". Take a line away once the thing works and its schema is there.
 */
const plannedKeys = ["spec.topology.openstack", "spec.gateways"];
const plannedValues: Readonly<Record<string, readonly string[]>> = {
  "spec.network.plugin": ["calico", "flannel", "ovs"],
  "spec.ha.mode": ["load-balancer", "proxy"],
  "spec.topology.static.nodes.roles": ["gateway", "proxy"],
};

function general(path: Path): string {
  return path.filter((part) => typeof part === "string").join(".");
}

export function isPlannedKey(path: Path): boolean {
  return plannedKeys.includes(general(path));
}

export function isPlannedValue(path: Path, value: unknown): boolean {
  return typeof value === "string" && (plannedValues[general(path)] ?? []).includes(value);
}
