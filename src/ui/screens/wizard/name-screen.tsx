import { nameCharacters } from "./characters.ts";
import { SectionForm } from "./section-form.tsx";
import { type SectionScreenProps, useWizard } from "./use-wizard.ts";

/** What the cluster is called. */
export function NameScreen(props: SectionScreenProps) {
  const { state, field } = useWizard();
  const name = field(["metadata", "name"], { label: "Name", suggestion: "demo", characters: nameCharacters });
  return <SectionForm {...props} rows={[name]} edition={state.edition} />;
}
