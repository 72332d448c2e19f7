import { formatPath, type Path } from "../../../../preset/path.ts";
import { valueAt } from "../../../../preset/value-at.ts";
import { useApp } from "../../../app/app-model.tsx";
import type { TextRow } from "../../../widgets/form.tsx";
import type { PresetDraft } from "../../../wizard/draft.ts";
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

/** The outermost place that would say nothing without the value at a path. */
export function emptiedBy(draft: PresetDraft, path: Path, keep: Path): Path {
  const around = path.slice(0, -1);
  if (formatPath(around) === formatPath(keep)) return path;
  const value = valueAt(draft, around);
  const alone = typeof value === "object" && value !== null && Object.keys(value).length <= 1;
  return alone ? emptiedBy(draft, around, keep) : path;
}
