import { useState } from "react";
import type { Path } from "../../../preset/path.ts";
import { topologies } from "../../wizard/topologies.ts";
import { SectionForm } from "./section-form.tsx";
import { type SectionScreenProps, useWizard } from "./use-wizard.ts";

const path: Path = ["spec", "topology"];

/** Where the machines come from; what was entered for the other topology is kept. */
export function TopologyScreen(props: SectionScreenProps) {
  const { state, dispatch } = useWizard();
  const [focused, setFocused] = useState<string>();
  const chosen = state.draft.spec?.topology ?? {};
  const rows = topologies.map(({ key, label, note }) => ({
    kind: "option" as const,
    id: key,
    label,
    note,
    marked: key in chosen,
    onTake: () => dispatch({ type: "choose", path, key, initial: {} }),
  }));
  const details = topologies.find(({ key }) => key === focused)?.details ?? [];
  return <SectionForm {...props} rows={rows} details={details} onFocus={setFocused} />;
}
