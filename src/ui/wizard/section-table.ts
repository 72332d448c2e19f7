import type { Section } from "./section.ts";
import {
  downloadsInWords,
  haInWords,
  kubernetesInWords,
  machinesInWords,
  networkInWords,
  topologyInWords,
} from "./summaries.ts";

/** The sections of the wizard in the order in which they are usually answered; a new one is an entry here and a way to ask it. */
export const sectionTable = [
  {
    id: "name",
    title: "Name",
    about: "What the cluster is called.",
    paths: [["metadata"]],
    summary: ({ metadata }) => metadata?.name ?? "",
    missing: "give the cluster a name",
  },
  {
    id: "topology",
    title: "Topology",
    about: "Where the machines come from.",
    paths: [["spec", "topology"]],
    summary: topologyInWords,
    missing: "say where the machines come from",
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
  },
  {
    id: "ha",
    title: "High availability",
    about: "How the Kubernetes API stays reachable.",
    paths: [["spec", "ha"]],
    summary: haInWords,
  },
  {
    id: "network",
    title: "Network",
    about: "How pods reach each other, and which addresses they and the services have.",
    paths: [["spec", "network"]],
    summary: networkInWords,
  },
  {
    id: "kubernetes",
    title: "Kubernetes",
    about: "Which Kubernetes, and where it comes from.",
    paths: [["spec", "kubernetes"]],
    summary: kubernetesInWords,
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
  },
] as const satisfies readonly Section[];

export type SectionId = (typeof sectionTable)[number]["id"];
