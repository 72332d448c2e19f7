import type { MachineDraft } from "../wizard/machines/machines.ts";

/** How a machine is spoken of: by its name, else by its address. */
export function machineName({ name, address = "" }: MachineDraft): string {
  return name ?? (address === "" ? "a machine without an address" : address);
}
