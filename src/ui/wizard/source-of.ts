import type { PresetDraft } from "./draft.ts";

export type SourceName = "packages" | "binaries" | "bundle" | "lab";

/** Where Kubernetes comes from as the draft stands: what it says, else what holds for its topology. */
export function sourceOf({ spec }: PresetDraft): SourceName {
  const { packages, binaries, bundle } = spec?.kubernetes?.source ?? {};
  if (bundle !== undefined) return "bundle";
  if (binaries !== undefined) return "binaries";
  return packages === undefined && spec?.topology?.lab !== undefined ? "lab" : "packages";
}
