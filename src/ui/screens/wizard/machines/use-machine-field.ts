import type { Path } from "../../../../preset/path.ts";
import { useApp } from "../../../app/app-model.tsx";
import type { TextRow } from "../../../widgets/form.tsx";
import type { PresetDraft } from "../../../wizard/draft.ts";
import { emptiedBy } from "../../../wizard/emptied-by.ts";
import { type FieldOptions, useWizard } from "../use-wizard.ts";

/** A line for a value below the machines, judged without all the other machines. */
export type MachineField = (path: Path, options: FieldOptions) => TextRow;

/** Makes such lines; an emptied value takes the mappings around it along that were there for nothing else. */
export function useMachineField(
  judge: (draft: PresetDraft, path: Path) => string | undefined,
  keep: Path,
): MachineField {
  const { wizard } = useApp();
  const { field } = useWizard();
  return (path, options) => {
    const row = field(path, options);
    return {
      ...row,
      problem: (text) => (text === "" ? undefined : judge(wizard.get().draft, path)),
      onChange: (text) => {
        if (text !== "") row.onChange(text);
        else wizard.dispatch({ type: "unset", path: emptiedBy(wizard.get().draft, path, keep) });
      },
    };
  };
}
