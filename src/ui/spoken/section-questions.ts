import { networkPlugins, pluginObstacle } from "../../preset/network-plugins.ts";
import type { Path } from "../../preset/path.ts";
import type { PresetDraft } from "../wizard/draft.ts";
import { type HaModeName, haPictures } from "../wizard/ha-pictures.ts";
import { mirrorsInWords, mirrorsPath, setMirrors, usualRegistries } from "../wizard/mirrors.ts";
import type { SectionId } from "../wizard/section-table.ts";
import { sourceChoices, sourceOf } from "../wizard/source-of.ts";
import { defaultVersion } from "../wizard/summaries.ts";
import { topologies } from "../wizard/topologies.ts";
import type { WizardAction } from "../wizard/wizard-state.ts";
import type { SpokenChoice } from "./ask-choice.ts";

/** One thing a section asks. */
export type SectionQuestion =
  | {
      readonly kind: "text";
      readonly label: string;
      readonly path: Path;
      /** What stays when the value is taken away; mappings around it that were there for nothing else go, too. */
      readonly keep?: Path;
      readonly number?: boolean;
      /** The current value, where it is not simply what stands at the path. */
      readonly current?: string;
      /** What an answer does, where it does not simply go to the path. */
      readonly take?: (text: string) => WizardAction;
      /** Taken when nothing was said. */
      readonly suggestion?: string;
      readonly otherwise?: string;
      /** There must be an answer, or none of what surrounds it. */
      readonly required?: boolean;
      /** Whether an answer can only be judged with the one that follows it. */
      readonly judgedLater?: (text: string) => boolean;
    }
  | {
      readonly kind: "choice";
      readonly label: string;
      readonly choices: readonly SpokenChoice<string>[];
      readonly current: string | undefined;
      readonly take: (value: string) => WizardAction;
    }
  | { readonly kind: "machines" };

const topology: Path = ["spec", "topology"];
const source: Path = ["spec", "kubernetes", "source"];

/** What each section asks as the draft stands; asked again after every answer, as later questions depend on earlier ones. */
export const questionsOf: Readonly<Record<SectionId, (draft: PresetDraft) => readonly SectionQuestion[]>> = {
  name: () => [{ kind: "text", label: "Name", path: ["metadata", "name"], suggestion: "demo" }],
  topology: ({ spec }) => [
    {
      kind: "choice",
      label: "Where the machines come from",
      choices: topologies.map(({ key, label, note }) => ({ value: key, label, note })),
      current: Object.keys(spec?.topology ?? {})[0],
      take: (key) => ({ type: "choose", path: topology, key, initial: {} }),
    },
  ],
  machines: ({ spec, metadata }) =>
    spec?.topology?.lab === undefined
      ? [{ kind: "machines" }]
      : [
          { kind: "text", label: "Control planes", path: [...topology, "lab", "controlPlanes"], number: true },
          { kind: "text", label: "Workers", path: [...topology, "lab", "workers"], number: true },
          {
            kind: "text",
            label: "Lab name",
            path: [...topology, "lab", "name"],
            ...(metadata?.name === undefined ? {} : { otherwise: metadata.name }),
          },
        ],
  ha: ({ spec }) => [
    {
      kind: "choice",
      label: "How the Kubernetes API stays reachable",
      choices: Object.entries(haPictures).map(([value, { title, summary, consequences }]) => ({
        value,
        label: title,
        note: `${summary}. ${consequences.join(" ")}`,
      })),
      current: spec?.ha?.mode ?? ("single" satisfies HaModeName),
      take: (mode) => ({ type: "put", path: ["spec", "ha", "mode"], value: mode }),
    },
    { kind: "text", label: "Endpoint", path: ["spec", "ha", "endpoint"] },
  ],
  network: (draft) => [
    {
      kind: "choice",
      label: "Network plugin",
      choices: Object.entries(networkPlugins).map(([value, plugin]) => ({
        value,
        label: plugin.title,
        note:
          pluginObstacle(plugin, draft.spec?.kubernetes?.version ?? defaultVersion(draft)) ??
          `${plugin.summary}. ${plugin.consequences.join(" ")}`,
      })),
      current: draft.spec?.network?.plugin ?? "bridge",
      take: (plugin) => ({ type: "put", path: ["spec", "network", "plugin"], value: plugin }),
    },
    { kind: "text", label: "Range of the pods", path: ["spec", "network", "podCIDR"] },
    { kind: "text", label: "Range of the services", path: ["spec", "network", "serviceCIDR"] },
    { kind: "text", label: "Prefix per node", path: ["spec", "network", "nodePrefix"], number: true },
    { kind: "text", label: "DNS domain", path: ["spec", "network", "dnsDomain"] },
  ],
  kubernetes: (draft) => [
    {
      kind: "choice",
      label: "Where Kubernetes comes from",
      choices: sourceChoices(draft).map(({ key, label, note }) => ({ value: key, label, note })),
      current: sourceOf(draft),
      take: (key) => ({ type: "choose", path: source, key: key === "lab" ? undefined : key, initial: {} }),
    },
    ...sourceQuestions(draft),
    { kind: "text", label: "Version", path: ["spec", "kubernetes", "version"], otherwise: defaultVersion(draft) },
  ],
  downloads: (draft) => [
    { kind: "text", label: "Proxy", path: ["spec", "packages", "proxy"], otherwise: "none" },
    ...usualRegistries.map((registry) => ({
      kind: "text" as const,
      label: `Mirrors of ${registry}, blanks between several`,
      path: mirrorsPath(draft, registry),
      current: mirrorsInWords(draft, registry),
      otherwise: "none",
      take: (text: string) => setMirrors(draft, registry, text),
    })),
  ],
};

function sourceQuestions(draft: PresetDraft): readonly SectionQuestion[] {
  switch (sourceOf(draft)) {
    case "packages":
      return [
        {
          kind: "text",
          label: "Repository",
          path: [...source, "packages", "repository"],
          otherwise: "pkgs.k8s.io",
        },
        {
          kind: "text",
          label: "Signing key",
          path: [...source, "packages", "signingKey"],
          otherwise: "that of pkgs.k8s.io",
        },
      ];
    case "binaries":
      return [{ kind: "text", label: "Folder or address", path: [...source, "binaries", "location"] }];
    case "bundle":
      return [{ kind: "text", label: "File or folder", path: [...source, "bundle", "path"] }];
    case "lab":
      return [];
  }
}
