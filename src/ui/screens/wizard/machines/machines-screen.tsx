import { LabNodesScreen } from "../lab-nodes-screen.tsx";
import { type SectionScreenProps, useWizard } from "../use-wizard.ts";
import { ListedMachines } from "./listed-machines.tsx";

/** The machines of the topology that was chosen. */
export function MachinesScreen(props: SectionScreenProps) {
  const { state } = useWizard();
  return state.draft.spec?.topology?.lab === undefined ? <ListedMachines {...props} /> : <LabNodesScreen {...props} />;
}
