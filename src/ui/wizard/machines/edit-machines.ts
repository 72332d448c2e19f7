import { type MachineDraft, type MachineRole, machineKey } from "./machines.ts";
import { duplicateOf } from "./next-free.ts";

/** The machines one means: the marked ones, or where none is marked, the one the cursor is at. */
export function meantMachines(
  machines: readonly MachineDraft[],
  { marked, at }: { readonly marked: ReadonlySet<string>; readonly at: number | undefined },
): readonly number[] {
  const indices = machines.flatMap((machine, index) => (marked.has(machineKey(machine)) ? [index] : []));
  if (indices.length > 0) return indices;
  return at === undefined || machines[at] === undefined ? [] : [at];
}

export function withoutMachines(
  machines: readonly MachineDraft[],
  indices: readonly number[],
): readonly MachineDraft[] {
  const gone = new Set(indices);
  return machines.filter((_, index) => !gone.has(index));
}

export function withRoles(
  machines: readonly MachineDraft[],
  indices: readonly number[],
  roles: readonly MachineRole[],
): readonly MachineDraft[] {
  const meant = new Set(indices);
  return machines.map((machine, index) => (meant.has(index) ? { ...machine, roles: [...roles] } : machine));
}

/** The machine once more behind itself, with the next free name and address. */
export function withDuplicate(machines: readonly MachineDraft[], index: number): readonly MachineDraft[] {
  const machine = machines[index];
  return machine === undefined ? machines : machines.toSpliced(index + 1, 0, duplicateOf(machine, machines));
}

/** The list with one more machine to fill in; the first one is the whole cluster until there are others. */
export function withNewMachine(machines: readonly MachineDraft[]): readonly MachineDraft[] {
  const roles: MachineRole[] = machines.length === 0 ? ["control-plane", "worker"] : ["worker"];
  return [...machines, { address: "", roles }];
}

/** Whether nothing was entered for a machine, so that nothing is lost without it. */
export function isUntouched({ address = "", roles: _, ...rest }: MachineDraft): boolean {
  return address === "" && Object.keys(rest).length === 0;
}
