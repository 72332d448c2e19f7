import { useState } from "react";
import { useTheme } from "../../theme/theme.tsx";
import type { FormRow } from "../../widgets/form.tsx";
import { asciiPicture, type HaModeName, haPictures } from "../../wizard/ha-pictures.ts";
import { addressCharacters } from "./characters.ts";
import { namesOf } from "./names-of.ts";
import { SectionForm } from "./section-form.tsx";
import { type SectionScreenProps, useWizard } from "./use-wizard.ts";

const modes = namesOf(haPictures);

/** How the API stays reachable, with a picture of each way. */
export function HaScreen(props: SectionScreenProps) {
  const { state, dispatch, field } = useWizard();
  const { unicode } = useTheme();
  const chosen: HaModeName = state.draft.spec?.ha?.mode ?? "single";
  const [focused, setFocused] = useState<string>(chosen);
  const rows: FormRow[] = [
    ...modes.map((mode) => ({
      kind: "option" as const,
      id: mode,
      label: haPictures[mode].title,
      note: haPictures[mode].summary,
      marked: mode === chosen,
      onTake: () => dispatch({ type: "set", path: ["spec", "ha", "mode"], value: mode }),
    })),
    field(["spec", "ha", "endpoint"], { label: "Endpoint", characters: addressCharacters }),
  ];
  const { lines, consequences } = haPictures[modes.find((mode) => mode === focused) ?? chosen];
  const details = [...(unicode ? lines : asciiPicture(lines)), "", ...consequences];
  return <SectionForm {...props} rows={rows} details={details} onFocus={setFocused} edition={state.edition} />;
}
