import type { Path } from "../../preset/path.ts";
import { valueAt } from "../../preset/value-at.ts";
import type { AppModel } from "../app/app-model.tsx";
import { withNewMachine, withRoles } from "../wizard/machines/edit-machines.ts";
import { type MachineDraft, machinesOf, machinesPath, roleChoices, rolesInWords } from "../wizard/machines/machines.ts";
import { askChoice } from "./ask-choice.ts";
import { askField } from "./ask-field.ts";
import { askInTurn } from "./ask-in-turn.ts";
import { back, type Voice } from "./voice.ts";
import { wizardCommands } from "./wizard-commands.ts";

const help = ["What the machine is for: a control plane runs the cluster, workers run what you start on it."];

/** Fills in one more machine; back at its address leaves it out. */
export async function addMachine(voice: Voice, app: AppModel): Promise<void> {
  const machines = machinesOf(app.wizard.get().draft);
  putMachines(app, withNewMachine(machines));
  if ((await askMachine(voice, app, machines.length)) === back) putMachines(app, machines);
}

/** Takes the list over, and away when nothing is in it. */
export function putMachines(app: AppModel, machines: readonly MachineDraft[]): void {
  app.wizard.dispatch(
    machines.length === 0
      ? { type: "unset", path: machinesPath }
      : { type: "put", path: machinesPath, value: machines },
  );
}

/** Where a machine is, what it is called and what it is for. */
export function askMachine(voice: Voice, app: AppModel, index: number): Promise<"answered" | typeof back> {
  const path = [...machinesPath, index];
  const name = { kind: "text", label: "Name", path: [...path, "name"], otherwise: "made from the address" } as const;
  return askInTurn([
    () => askAddress(voice, app, path),
    () => askField(voice, app, name),
    () => askRoles(voice, app, index),
  ]);
}

async function askRoles(voice: Voice, app: AppModel, index: number): Promise<"answered" | typeof back> {
  const machines = machinesOf(app.wizard.get().draft);
  const current = rolesInWords(machines[index] ?? {});
  const chosen = await askChoice(voice, {
    title: "What it is for",
    choices: roleChoices.map(({ short, label }) => ({ value: short, label })),
    current: roleChoices.find(({ short }) => short === current)?.short,
    commands: wizardCommands(voice, app, help),
  });
  if (chosen === back) return back;
  const roles = roleChoices.find(({ short }) => short === chosen)?.roles ?? [];
  putMachines(app, withRoles(machines, [index], roles));
  return "answered";
}

/** A name is only for logging in: the other nodes need an address. */
function askAddress(voice: Voice, app: AppModel, path: Path): Promise<"answered" | typeof back> {
  const required = { kind: "text", required: true } as const;
  const address = { ...required, label: "Address", path: [...path, "address"], judgedLater: isName };
  const internal = {
    ...required,
    label: "Address the other nodes use",
    path: [...path, "internalAddress"],
    keep: path,
  };
  return askInTurn([
    () => askField(voice, app, address),
    () => (isName(String(valueAt(app.wizard.get().draft, address.path))) ? askField(voice, app, internal) : undefined),
  ]);
}

function isName(address: string): boolean {
  return /[g-z]/i.test(address) || (/[a-f]/i.test(address) && !address.includes(":"));
}

/** How one machine is logged in to, where that is not as for all. */
export function askOwnLogin(voice: Voice, app: AppModel, index: number): Promise<"answered" | typeof back> {
  const keep = [...machinesPath, index];
  const at = [...keep, "ssh"];
  const common = { kind: "text", keep, otherwise: "as for all" } as const;
  return askInTurn([
    () => askField(voice, app, { ...common, label: "User", path: [...at, "user"] }),
    () => askField(voice, app, { ...common, label: "Port", path: [...at, "port"], number: true }),
    () => askField(voice, app, { ...common, label: "Private key file", path: [...at, "keyFile"] }),
  ]);
}
