import { useState } from "react";
import { useApp } from "../../../app/app-model.tsx";
import { useKeys } from "../../../keys/keys.tsx";
import { isUntouched } from "../../../wizard/machines/edit-machines.ts";
import { importMachines } from "../../../wizard/machines/import-machines.ts";
import { machinesOf, machinesPath } from "../../../wizard/machines/machines.ts";
import { type ImportPlan, planImport, planInWords } from "../../../wizard/machines/plan-import.ts";
import type { SectionScreenProps } from "../use-wizard.ts";
import { ImportFile } from "./import-file.tsx";
import { ImportPreview } from "./import-preview.tsx";
import { MachineForm } from "./machine-form.tsx";
import { MachineList } from "./machine-list.tsx";
import type { MachinesView } from "./machines-view.ts";
import { SharedLoginForm } from "./shared-login-form.tsx";
import { useMachineTests } from "./use-machine-tests.ts";

/** Machines by address: the list of them, and one at a time to change; a list pasted anywhere is added to it. */
export function ListedMachines(props: SectionScreenProps) {
  const { wizard } = useApp();
  const [view, setView] = useState<MachinesView>({ show: "list" });
  const [plan, setPlan] = useState<ImportPlan>();
  const tests = useMachineTests();
  const offer = (text: string) => {
    const machines = machinesOf(wizard.get().draft).filter((machine) => !isUntouched(machine));
    setPlan(planImport(machines, importMachines(text)));
  };
  useKeys("machines", {}, { paste: offer, severalLines: true });
  const close = () => setView({ show: "list" });
  if (plan !== undefined) {
    const add = () => {
      const machines = machinesOf(wizard.get().draft);
      wizard.dispatch({ type: "put", path: machinesPath, value: [...machines, ...plan.added] });
      setView({ show: "list", said: `Imported: ${planInWords(plan).replace("to add", "added")}.` });
      setPlan(undefined);
    };
    return <ImportPreview {...props} plan={plan} onAdd={add} onClose={() => setPlan(undefined)} />;
  }
  switch (view.show) {
    case "machine":
      return <MachineForm {...props} index={view.index} onClose={close} />;
    case "login":
      return <SharedLoginForm {...props} onClose={close} />;
    case "file":
      return <ImportFile width={props.width} height={props.height} onRead={offer} onClose={close} />;
    case "list":
      return <MachineList {...props} said={view.said} tests={tests} onShow={setView} />;
  }
}
