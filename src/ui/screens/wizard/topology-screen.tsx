import { useState } from "react";
import type { Path } from "../../../preset/path.ts";
import { SectionForm } from "./section-form.tsx";
import { type SectionScreenProps, useWizard } from "./use-wizard.ts";

const path: Path = ["spec", "topology"];

const topologies = [
  {
    key: "static",
    label: "Machines you have",
    note: "by address, over SSH",
    details: [
      "Debian or Ubuntu machines you can log in to, as root or as a user who may use sudo.",
      "Nothing needs to be installed on them beforehand.",
    ],
  },
  {
    key: "lab",
    label: "A lab on this machine",
    note: "throw-away nodes, to try things out",
    details: [
      "Real nodes in namespaces of this machine: nothing else is needed, and one command takes them away.",
      "This machine must run Debian 12, and you must be root.",
    ],
  },
] as const;

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
