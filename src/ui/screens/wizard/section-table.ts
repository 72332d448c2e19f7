import type { ComponentType } from "react";
import type { Section } from "../../wizard/section.ts";
import { type SectionId, sectionTable } from "../../wizard/section-table.ts";
import { DownloadsScreen } from "./downloads-screen.tsx";
import { HaScreen } from "./ha-screen.tsx";
import { KubernetesScreen } from "./kubernetes-screen.tsx";
import { MachinesScreen } from "./machines/machines-screen.tsx";
import { NameScreen } from "./name-screen.tsx";
import { NetworkScreen } from "./network-screen.tsx";
import { TopologyScreen } from "./topology-screen.tsx";
import type { SectionScreenProps } from "./use-wizard.ts";

export interface WizardSection extends Section {
  readonly Screen: ComponentType<SectionScreenProps>;
}

const screens: Readonly<Record<SectionId, WizardSection["Screen"]>> = {
  name: NameScreen,
  topology: TopologyScreen,
  machines: MachinesScreen,
  ha: HaScreen,
  network: NetworkScreen,
  kubernetes: KubernetesScreen,
  downloads: DownloadsScreen,
};

/** The sections of the wizard, each with its screen. */
export const sections: readonly WizardSection[] = sectionTable.map((section) => ({
  ...section,
  Screen: screens[section.id],
}));
