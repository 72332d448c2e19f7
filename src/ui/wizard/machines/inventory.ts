import type { ImportedMachine, ImportProblem } from "./import-parts.ts";
import { type Imported, machineFrom, roleOf, sortedOut } from "./import-parts.ts";

export type Variables = ReadonlyMap<string, string>;

/** A group of an Ansible inventory, however it was written. */
export interface InventoryGroup {
  readonly hosts: Map<string, { readonly line: number; readonly variables: Map<string, string> }>;
  readonly children: Set<string>;
  readonly variables: Map<string, string>;
}

export type Inventory = Map<string, InventoryGroup>;

/** The group of that name, made when it is not there. */
export function groupOf(inventory: Inventory, name: string): InventoryGroup {
  const group = inventory.get(name) ?? { hosts: new Map(), children: new Set(), variables: new Map() };
  inventory.set(name, group);
  return group;
}

interface Host {
  readonly line: number;
  readonly roles: Set<string>;
  readonly own: Map<string, string>;
  readonly inherited: Map<string, string>;
}

/**
 * The machines of an inventory, each once: what it is for by the groups it is in, how to log in by its variables, then
 * those of its groups, then those of all.
 * @see https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html
 */
export function machinesOfInventory(inventory: Inventory, problems: readonly ImportProblem[]): Imported {
  const hosts = new Map<string, Host>();
  for (const [name, group] of inventory) {
    const roles = rolesOfGroups(inventory, name);
    for (const [host, { line, variables }] of group.hosts) {
      const known = hosts.get(host) ?? { line, roles: new Set(), own: new Map(), inherited: new Map() };
      hosts.set(host, known);
      for (const role of roles) known.roles.add(role);
      for (const [key, value] of variables) known.own.set(key, value);
      if (name !== "all") for (const [key, value] of group.variables) known.inherited.set(key, value);
    }
  }
  const forAll: Variables = inventory.get("all")?.variables ?? new Map();
  const found = [...hosts].map(([name, host]) => machineOf(name, host, forAll));
  const { machines, problems: more } = sortedOut(found);
  const byLine = (one: { line: number }, other: { line: number }) => one.line - other.line;
  return { machines: machines.toSorted(byLine), problems: [...problems, ...more].toSorted(byLine) };
}

function machineOf(
  name: string,
  { line, roles, own, inherited }: Host,
  forAll: Variables,
): ImportedMachine | ImportProblem {
  const value = (...keys: readonly string[]): string => {
    const places = [own, inherited, forAll].flatMap((variables) => keys.map((key) => variables.get(key)));
    return places.find((found) => found !== undefined) ?? "";
  };
  const address = value("ansible_host", "ansible_ssh_host") || name;
  return machineFrom(
    {
      address,
      name: address === name ? "" : name,
      internalAddress: value("ip"),
      roles: [...roles],
      user: value("ansible_user", "ansible_ssh_user"),
      port: value("ansible_port", "ansible_ssh_port"),
    },
    line,
  );
}

/** The roles a group gives its hosts: its own name's, and those of every group it is a child of. */
function rolesOfGroups(inventory: Inventory, name: string): readonly string[] {
  const groups = new Set([name]);
  for (const group of groups) {
    for (const [parent, { children }] of inventory) if (children.has(group)) groups.add(parent);
  }
  return [...groups].flatMap((group) => roleOf(group) ?? []);
}
