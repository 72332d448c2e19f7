import { useEffect } from "react";
import type { Path } from "../../../../preset/path.ts";
import { useApp } from "../../../app/app-model.tsx";
import { useKeys } from "../../../keys/keys.tsx";
import type { FormRow } from "../../../widgets/form.tsx";
import type { BodySize } from "../../../widgets/frame.tsx";
import { isUntouched, withoutMachines, withRoles } from "../../../wizard/machines/edit-machines.ts";
import { problemOfMachine } from "../../../wizard/machines/judge-machines.ts";
import { machinesOf, machinesPath, roleChoices } from "../../../wizard/machines/machines.ts";
import { addressCharacters, nameCharacters } from "../characters.ts";
import { SectionForm } from "../section-form.tsx";
import { useWizard } from "../use-wizard.ts";
import { useMachineField } from "./use-machine-field.ts";

export interface MachineFormProps extends BodySize {
  readonly index: number;
  readonly onClose: () => void;
}

/** One machine to fill in; one for which nothing was entered is gone when it is left. */
export function MachineForm({ index, width, height, onClose }: MachineFormProps) {
  const { wizard } = useApp();
  const { state, dispatch } = useWizard();
  const at: Path = [...machinesPath, index];
  const field = useMachineField((draft, path) => problemOfMachine(draft, index, path.slice(at.length)), at);
  const machine = machinesOf(state.draft)[index];
  useKeys("screen", { back: onClose });
  useEffect(
    () => () => {
      const machines = machinesOf(wizard.get().draft);
      const left = machines[index];
      if (left === undefined || !isUntouched(left)) return;
      wizard.dispatch({ type: "put", path: machinesPath, value: withoutMachines(machines, [index]) });
    },
    [wizard, index],
  );
  const gone = machine === undefined;
  useEffect(() => {
    if (gone) onClose();
  }, [gone, onClose]);
  if (machine === undefined) return null;
  const rows: FormRow[] = [
    field([...at, "address"], { label: "Address", characters: addressCharacters }),
    field([...at, "name"], { label: "Name", characters: nameCharacters, placeholder: "made from the address" }),
    ...roleChoices.map(({ roles, label }) => ({
      kind: "option" as const,
      id: label,
      label,
      marked: [...roles].join() === [...(machine.roles ?? [])].toSorted().join(),
      onTake: () =>
        dispatch({ type: "put", path: machinesPath, value: withRoles(machinesOf(wizard.get().draft), [index], roles) }),
    })),
    field([...at, "internalAddress"], {
      label: "Internal address",
      characters: addressCharacters,
      placeholder: "the address",
    }),
    field([...at, "ssh", "user"], { label: "User", placeholder: "as for all" }),
    field([...at, "ssh", "port"], { label: "Port", number: true, placeholder: "as for all" }),
    field([...at, "ssh", "keyFile"], { label: "Key file", placeholder: "as for all" }),
    { kind: "action", id: "close", label: "Done", onTake: onClose },
  ];
  return <SectionForm width={width} height={height} rows={rows} edition={state.edition} onDone={onClose} />;
}
