import type { ComponentType } from "react";
import type { Section } from "../../wizard/section.ts";
import {
  downloadsInWords,
  haInWords,
  kubernetesInWords,
  machinesInWords,
  networkInWords,
  topologyInWords,
} from "../../wizard/summaries.ts";
import { DownloadsScreen } from "./downloads-screen.tsx";
import { HaScreen } from "./ha-screen.tsx";
import { KubernetesScreen } from "./kubernetes-screen.tsx";
import { NameScreen } from "./name-screen.tsx";
import { NetworkScreen } from "./network-screen.tsx";
import { NodesScreen } from "./nodes-screen.tsx";
import { TopologyScreen } from "./topology-screen.tsx";
import type { SectionScreenProps } from "./use-wizard.ts";

export interface WizardSection extends Section {
  readonly Screen: ComponentType<SectionScreenProps>;
}

/** The sections of the wizard in the order in which they are usually answered; a new one is one entry here. */
export const sections: readonly WizardSection[] = [
  {
    id: "name",
    title: "Name",
    about: "What the cluster is called.",
    paths: [["metadata"]],
    summary: ({ metadata }) => metadata?.name ?? "",
    missing: "give the cluster a name",
    Screen: NameScreen,
  },
  {
    id: "topology",
    title: "Topology",
    about: "Where the machines come from.",
    paths: [["spec", "topology"]],
    summary: topologyInWords,
    missing: "say where the machines come from",
    Screen: TopologyScreen,
  },
  {
    id: "machines",
    title: "Machines",
    about: "The machines of the cluster and what each one is for.",
    paths: [
      ["spec", "topology", "static"],
      ["spec", "topology", "lab"],
    ],
    summary: machinesInWords,
    missing: "name the machines",
    waitsFor: ({ spec }) => (Object.keys(spec?.topology ?? {}).length === 0 ? "choose the topology first" : undefined),
    Screen: NodesScreen,
  },
  {
    id: "ha",
    title: "High availability",
    about: "How the Kubernetes API stays reachable.",
    paths: [["spec", "ha"]],
    summary: haInWords,
    Screen: HaScreen,
  },
  {
    id: "network",
    title: "Network",
    about: "How pods reach each other, and which addresses they and the services have.",
    paths: [["spec", "network"]],
    summary: networkInWords,
    Screen: NetworkScreen,
  },
  {
    id: "kubernetes",
    title: "Kubernetes",
    about: "Which Kubernetes, and where it comes from.",
    paths: [["spec", "kubernetes"]],
    summary: kubernetesInWords,
    Screen: KubernetesScreen,
  },
  {
    id: "downloads",
    title: "Registries and proxy",
    about: "The way packages and images take to the nodes.",
    paths: [
      ["spec", "runtime"],
      ["spec", "packages"],
    ],
    summary: downloadsInWords,
    Screen: DownloadsScreen,
  },
];
