import { useState } from "react";
import type { Path } from "../../../preset/path.ts";
import type { FormRow } from "../../widgets/form.tsx";
import { hintFor } from "../../wizard/about.ts";
import { findingAt, findingText, type Judged } from "../../wizard/judge.ts";
import { mirrorsInWords, setMirrors, usualRegistries } from "../../wizard/mirrors.ts";
import { addressCharacters } from "./characters.ts";
import { SectionForm } from "./section-form.tsx";
import { type SectionScreenProps, useWizard } from "./use-wizard.ts";

const path: Path = ["spec", "runtime", "registryMirrors"];

/** The way packages and images take to the nodes: a proxy, mirrors of registries. */
export function DownloadsScreen(props: SectionScreenProps) {
  const { state, judged, dispatch, field } = useWizard();
  const mirrors = state.draft.spec?.runtime?.registryMirrors ?? [];
  const [added, setAdded] = useState<readonly string[]>([]);
  const given = mirrors.flatMap((entry) => entry?.registry ?? []);
  const [atFirst] = useState(given);
  const registries = [...new Set([...usualRegistries, ...atFirst, ...given, ...added])];
  const rows: FormRow[] = [
    field(["spec", "packages", "proxy"], { label: "Proxy", placeholder: "none", characters: addressCharacters }),
    { kind: "title", id: "mirrors", label: "Mirrors, asked before the registry itself:" },
    ...registries.map((registry) => ({
      kind: "text" as const,
      id: registry,
      label: registry,
      value: mirrorsInWords(state.draft, registry),
      placeholder: "none",
      hint: `${hintFor([...path, 0, "mirrors"])} Blanks between several, empty for none.`,
      problem: (text: string) => problemOf(registry, given, text, judged),
      onChange: (text: string) => dispatch(setMirrors(state.draft, registry, text)),
    })),
    {
      kind: "text",
      id: `another ${registries.length}`,
      label: "Another registry",
      value: "",
      placeholder: "none",
      hint: hintFor([...path, 0, "registry"]),
      characters: addressCharacters,
      onChange: () => undefined,
      onTake: (text) => text !== "" && setAdded([...added, text]),
    },
  ];
  return <SectionForm {...props} rows={rows} edition={state.edition} />;
}

function problemOf(registry: string, given: readonly string[], text: string, judged: Judged): string | undefined {
  const index = given.indexOf(registry);
  const finding = text === "" || index < 0 ? undefined : findingAt(judged, [...path, index]);
  return finding === undefined ? undefined : findingText(finding);
}
