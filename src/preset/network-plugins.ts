import type { Preset } from "./schema/preset.ts";
import { minorOf, supportedMinors } from "./versions.ts";

/** What choosing a network plugin means. */
export interface NetworkPlugin {
  readonly title: string;
  /** What it is, in a few words. */
  readonly summary: string;
  /** What follows from the choice, one sentence each; the good, then what it asks for. */
  readonly consequences: readonly string[];
  /** The minor versions of Kubernetes 1 it is installed with. */
  readonly minors: { readonly oldest: number; readonly newest: number };
}

export type NetworkPluginName = Preset["spec"]["network"]["plugin"];

/** The network plugins one can choose from. */
export const networkPlugins: Readonly<Record<NetworkPluginName, NetworkPlugin>> = {
  bridge: {
    title: "Bridge",
    summary: "one Linux bridge and one plain route per node",
    consequences: [
      "Fast: no tunnels and no overlay; pods see each other's own addresses.",
      "Nothing more to download: it is made of what the nodes have.",
      "Nodes must reach each other directly, without a router in between.",
      "The network must let the pods' addresses pass; clouds often have to be told.",
      "NetworkPolicies are not enforced.",
    ],
    minors: supportedMinors,
  },
};

/** Why a plugin cannot be used with a version of Kubernetes, or undefined when it can. */
export function pluginObstacle({ title, minors }: NetworkPlugin, version: string): string | undefined {
  const minor = minorOf(version);
  if (minor === undefined || (minor >= minors.oldest && minor <= minors.newest)) return undefined;
  return `${title} is for Kubernetes 1.${minors.oldest} to 1.${minors.newest}, not ${version}`;
}
