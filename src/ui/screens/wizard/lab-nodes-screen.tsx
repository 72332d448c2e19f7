import type { Path } from "../../../preset/path.ts";
import { nameCharacters } from "./characters.ts";
import { SectionForm } from "./section-form.tsx";
import { type SectionScreenProps, useWizard } from "./use-wizard.ts";

const path: Path = ["spec", "topology", "lab"];

/** How many throw-away nodes a lab has. */
export function LabNodesScreen(props: SectionScreenProps) {
  const { state, field } = useWizard();
  const clusterName = state.draft.metadata?.name;
  const rows = [
    field([...path, "controlPlanes"], { label: "Control planes", number: true }),
    field([...path, "workers"], { label: "Workers", number: true }),
    field([...path, "name"], {
      label: "Lab name",
      characters: nameCharacters,
      ...(clusterName === undefined ? {} : { placeholder: clusterName }),
    }),
  ];
  return <SectionForm {...props} rows={rows} edition={state.edition} />;
}
