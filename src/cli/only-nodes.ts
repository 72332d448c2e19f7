import { InstallerError } from "../engine/errors.ts";
import { nearest } from "../preset/nearest.ts";
import type { Machine } from "../topology/machine.ts";

/**
 * The machines a run is limited to: those that are named, and the control planes, without which no node can be brought
 * into the cluster. Without names, all of them.
 * @throws InstallerError `usage` for a name the preset does not have
 */
export function onlyNodes(machines: readonly Machine[], names: readonly string[] | undefined): readonly Machine[] {
  if (names === undefined) return machines;
  const known = machines.map(({ name }) => name);
  const strange = names.filter((name) => !known.includes(name));
  if (strange.length > 0) throw notInPreset(strange, known);
  return machines.filter(({ name, roles }) => names.includes(name) || roles.includes("control-plane"));
}

function notInPreset(strange: readonly string[], known: readonly string[]): InstallerError {
  const hints = strange.flatMap((name) => {
    const meant = nearest(name, known);
    return meant === undefined ? [] : [`did you mean ${meant} instead of ${name}?`];
  });
  const some = known.slice(0, 10).join(", ");
  return new InstallerError("usage", {
    message: `The preset has no node ${strange.join(" and no ")}.`,
    nextSteps: [...hints, `name nodes of the preset: ${some}${known.length > 10 ? ", …" : ""}`],
  });
}
