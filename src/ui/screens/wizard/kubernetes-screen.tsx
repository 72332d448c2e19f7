import { useState } from "react";
import type { Path } from "../../../preset/path.ts";
import type { FormRow } from "../../widgets/form.tsx";
import { hintFor } from "../../wizard/about.ts";
import { sourceChoices, sourceOf } from "../../wizard/source-of.ts";
import { defaultVersion } from "../../wizard/summaries.ts";
import { addressCharacters, versionCharacters } from "./characters.ts";
import { SectionForm } from "./section-form.tsx";
import { type SectionScreenProps, useWizard, type Wizard } from "./use-wizard.ts";

const path: Path = ["spec", "kubernetes", "source"];

/** Which Kubernetes, and where it comes from. */
export function KubernetesScreen(props: SectionScreenProps) {
  const wizard = useWizard();
  const { state, dispatch, field } = wizard;
  const chosen = sourceOf(state.draft);
  const [focused, setFocused] = useState<string>(chosen);
  const offered = sourceChoices(state.draft);
  const rows: FormRow[] = [
    ...offered.map(({ key, label, note }) => ({
      kind: "option" as const,
      id: key,
      label,
      note,
      marked: key === chosen,
      onTake: () => dispatch({ type: "choose", path, key: key === "lab" ? undefined : key, initial: {} }),
    })),
    ...sourceRows(chosen, wizard),
    field(["spec", "kubernetes", "version"], {
      label: "Version",
      characters: versionCharacters,
      placeholder: defaultVersion(state.draft),
    }),
  ];
  const about = focused !== "lab" && offered.some(({ key }) => key === focused) ? [hintFor([...path, focused])] : [];
  return <SectionForm {...props} rows={rows} details={about} onFocus={setFocused} edition={state.edition} />;
}

function sourceRows(source: ReturnType<typeof sourceOf>, { field }: Wizard): FormRow[] {
  switch (source) {
    case "packages":
      return [
        field([...path, "packages", "repository"], {
          label: "Repository",
          placeholder: "pkgs.k8s.io",
          characters: addressCharacters,
        }),
        field([...path, "packages", "signingKey"], { label: "Signing key" }),
      ];
    case "binaries":
      return [field([...path, "binaries", "location"], { label: "Folder or address" })];
    case "bundle":
      return [field([...path, "bundle", "path"], { label: "File or folder" })];
    case "lab":
      return [];
  }
}
