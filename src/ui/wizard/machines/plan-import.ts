import { nodeNameFor } from "../../../preset/node-name.ts";
import { quote } from "../../../preset/path.ts";
import type { Imported, ImportedMachine, ImportProblem } from "./import-parts.ts";
import type { MachineDraft } from "./machines.ts";

/** What an import would do, before it does it. */
export interface ImportPlan {
  readonly added: readonly MachineDraft[];
  /** How many are there already. */
  readonly already: number;
  readonly problems: readonly ImportProblem[];
}

/** Sorts out what is new; the first machine becomes the control plane when nothing says which one is. */
export function planImport(machines: readonly MachineDraft[], { machines: found, problems }: Imported): ImportPlan {
  const addresses = new Set(machines.map(({ address = "", ssh }) => placeOf(address, ssh?.port)));
  const names = new Map(machines.map((machine) => [nameOf(machine), machine.address ?? ""]));
  const added: ImportedMachine[] = [];
  const refused: ImportProblem[] = [];
  let already = 0;
  for (const machine of found) {
    const [place, name] = [placeOf(machine.address, machine.port), nameOf(machine)];
    const owner = names.get(name);
    if (addresses.has(place)) already += 1;
    else if (owner !== undefined)
      refused.push({ line: machine.line, reason: `the name ${quote(name)} is taken by ${owner}` });
    else {
      addresses.add(place);
      names.set(name, machine.address);
      added.push(machine);
    }
  }
  const hasControlPlane = [...machines, ...added].some(({ roles }) => roles?.includes("control-plane") === true);
  const all = [...problems, ...refused].toSorted((one, other) => one.line - other.line);
  const alone = machines.length + added.length === 1;
  return {
    added: added.map((machine, index) => draftOf(machine, index === 0 && !hasControlPlane, alone)),
    already,
    problems: all,
  };
}

function placeOf(address: string, port: number | undefined): string {
  return port === undefined ? address : `${address} port ${port}`;
}

function nameOf({ name, address = "" }: Pick<MachineDraft, "name" | "address">): string {
  return name ?? (address === "" ? "" : nodeNameFor(address));
}

function draftOf(
  { line: _, user, port, roles, ...rest }: ImportedMachine,
  first: boolean,
  alone: boolean,
): MachineDraft {
  const ssh = { ...(user === undefined ? {} : { user }), ...(port === undefined ? {} : { port }) };
  const given = roles.length === 0 ? (["worker"] as const) : roles;
  const wanted = first ? (alone ? (["control-plane", "worker"] as const) : (["control-plane"] as const)) : given;
  return { ...rest, roles: [...wanted], ...(Object.keys(ssh).length === 0 ? {} : { ssh }) };
}

/** `20 to add, 2 there already, 1 not understood` */
export function planInWords({ added, already, problems }: ImportPlan): string {
  return [
    `${added.length} to add`,
    ...(already === 0 ? [] : [`${already} there already`]),
    ...(problems.length === 0 ? [] : [`${problems.length} not understood`]),
  ].join(", ");
}
