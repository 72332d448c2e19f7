import type { Path } from "../../preset/path.ts";
import type { PresetDraft } from "./draft.ts";
import type { WizardAction } from "./wizard-state.ts";

const path: Path = ["spec", "runtime", "registryMirrors"];

/** The registries most clusters pull from. */
export const usualRegistries = ["registry.k8s.io", "docker.io"];

/** Where the mirrors of a registry stand in the preset, or will stand. */
export function mirrorsPath({ spec }: PresetDraft, registry: string): Path {
  const given = spec?.runtime?.registryMirrors ?? [];
  const index = given.findIndex((entry) => entry?.registry === registry);
  return [...path, index < 0 ? given.length : index];
}

/** The mirrors of a registry with blanks between. */
export function mirrorsInWords({ spec }: PresetDraft, registry: string): string {
  const entry = spec?.runtime?.registryMirrors?.find((other) => other?.registry === registry);
  return (entry?.mirrors ?? []).join(" ");
}

/** Gives a registry the mirrors of a text with blanks between them; none takes the registry away. */
export function setMirrors(draft: PresetDraft, registry: string, text: string): WizardAction {
  const at = mirrorsPath(draft, registry);
  const mirrors = text.split(/\s+/).filter((mirror) => mirror !== "");
  return mirrors.length === 0 ? { type: "unset", path: at } : { type: "set", path: at, value: { registry, mirrors } };
}
