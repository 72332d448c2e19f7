import { useState } from "react";
import { useApp } from "../../../app/app-model.tsx";
import type { WindowBounds } from "../../../state/window.ts";
import type { PresetDraft } from "../../../wizard/draft.ts";
import {
  meantMachines,
  withDuplicate,
  withNewMachine,
  withoutMachines,
  withRoles,
} from "../../../wizard/machines/edit-machines.ts";
import {
  type MachineDraft,
  type MachineRole,
  machineKey,
  machinesOf,
  machinesPath,
} from "../../../wizard/machines/machines.ts";
import type { MachinesView } from "./machines-view.ts";

export interface ListChangesOptions {
  readonly bounds: () => WindowBounds;
  readonly onShow: (view: MachinesView) => void;
}

/** What the keys of the list do; everything is read when a key arrives, because several may arrive before the next frame. */
export function useListChanges({ bounds, onShow }: ListChangesOptions) {
  const { wizard, machines: place } = useApp();
  const [done, setDone] = useState<{ readonly text: string; readonly draft: PresetDraft }>();
  const now = () => machinesOf(wizard.get().draft);
  const keys = () => now().map(machineKey);
  const current = (): number | undefined => {
    const cursor = Math.min(place.get().window.cursor, now().length);
    return cursor === 0 ? undefined : cursor - 1;
  };
  const meant = () => meantMachines(now(), { marked: place.get().marked, at: current() });
  const put = (value: readonly MachineDraft[], text: string) => {
    wizard.dispatch({ type: "put", path: machinesPath, value });
    setDone({ text, draft: wizard.get().draft });
  };
  const go = (index: number) => place.dispatch({ type: "move", by: { type: "go", to: index + 1 }, bounds: bounds() });
  return {
    current,
    meant,
    /** What was done last, as long as nothing else has changed. */
    said: () => (done?.draft === wizard.get().draft ? done.text : undefined),
    add: () => {
      put(withNewMachine(now()), "");
      go(now().length - 1);
      onShow({ show: "machine", index: now().length - 1 });
    },
    remove: () => {
      const gone = meant();
      if (gone.length === 0) return;
      put(withoutMachines(now(), gone), `${counted(gone.length)} deleted; undo brings back what was there.`);
      place.dispatch({ type: "unmark" });
    },
    duplicate: () => {
      const index = current();
      if (index === undefined) return;
      put(withDuplicate(now(), index), "One more like it, with the next free name and address.");
      go(index + 1);
    },
    setRoles: (roles: readonly MachineRole[]) => {
      const indices = meant();
      put(withRoles(now(), indices, roles), `${counted(indices.length)}: ${roles.join(" and ")}.`);
    },
    mark: () => place.dispatch({ type: "mark", keys: keys(), bounds: bounds() }),
    markRange: () => place.dispatch({ type: "mark-range", keys: keys() }),
    markAll: () => place.dispatch({ type: "mark-all", keys: keys() }),
  };
}

function counted(count: number): string {
  return `${count} ${count === 1 ? "machine" : "machines"}`;
}
