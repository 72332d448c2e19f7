import type { Path } from "../../../../preset/path.ts";
import { valueAt } from "../../../../preset/value-at.ts";
import { useApp } from "../../../app/app-model.tsx";
import type { TextRow } from "../../../widgets/form.tsx";
import { emptiedBy } from "../../../wizard/emptied-by.ts";
import type { MachineField } from "./use-machine-field.ts";

/** Lines that say where a secret is: in a file, or in a variable of the environment; naming one forgets the other. */
export function useSecretFields(field: MachineField, keep: Path) {
  const { wizard } = useApp();
  return (path: Path, label: string, hint: string): TextRow[] =>
    (["file", "env"] as const).map((kind) => ({
      ...field([...path, kind], {
        label: `${label} ${kind === "file" ? "file" : "variable"}`,
        hint: `${hint} Only where it is: the secret itself stays out of the preset.`,
        placeholder: "none",
      }),
      onChange: (text) => {
        const { draft } = wizard.get();
        if (text !== "") wizard.dispatch({ type: "set", path, value: { [kind]: text } });
        else if (valueAt(draft, [...path, kind]) !== undefined)
          wizard.dispatch({ type: "unset", path: emptiedBy(draft, [...path, kind], keep) });
      },
    }));
}
