import { type MachineDraft, roleChoices, rolesInWords } from "../wizard/machines/machines.ts";

/** How a machine is spoken of: by its name, else by its address. */
export function machineName({ name, address = "" }: MachineDraft): string {
  return name ?? (address === "" ? "a machine without an address" : address);
}

/** What there is to say of a machine besides what it is called: its address, unless it is called by it, and its roles. */
export function machineAloud(machine: MachineDraft): string {
  const address = machine.name === undefined ? "" : (machine.address ?? "");
  const short = rolesInWords(machine);
  const roles = roleChoices.find((choice) => choice.short === short)?.label ?? short;
  return [address, roles].filter((part) => part !== "").join(", ");
}
