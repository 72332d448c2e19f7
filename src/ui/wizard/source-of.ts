import type { PresetDraft } from "./draft.ts";

export type SourceName = "packages" | "binaries" | "bundle" | "lab";

/** Where Kubernetes comes from as the draft stands: what it says, else what holds for its topology. */
export function sourceOf({ spec }: PresetDraft): SourceName {
  const { packages, binaries, bundle } = spec?.kubernetes?.source ?? {};
  if (bundle !== undefined) return "bundle";
  if (binaries !== undefined) return "binaries";
  return packages === undefined && spec?.topology?.lab !== undefined ? "lab" : "packages";
}

const sources: readonly SourceChoice[] = [
  { key: "packages", label: "Packages", note: "from pkgs.k8s.io or a repository of yours" },
  { key: "binaries", label: "Binaries", note: "from a folder or an address" },
  { key: "bundle", label: "Bundle", note: "one file, for nodes without internet" },
];

export interface SourceChoice {
  readonly key: SourceName;
  readonly label: string;
  readonly note: string;
}

/** The sources one can choose from for a topology. */
export function sourceChoices({ spec }: PresetDraft): readonly SourceChoice[] {
  const lab: SourceChoice = { key: "lab", label: "What the lab has", note: "its cache, a download, or a build" };
  return spec?.topology?.lab === undefined ? sources : [lab, ...sources];
}
