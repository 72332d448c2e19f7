import type { Path } from "../../preset/path.ts";
import { valueAt } from "../../preset/value-at.ts";
import type { AppModel } from "../app/app-model.tsx";
import { withNewMachine, withoutMachines, withRoles } from "../wizard/machines/edit-machines.ts";
import {
  type MachineDraft,
  machinesOf,
  machinesPath,
  roleChoices,
  rolesInWords,
  sharedLoginInWords,
  sharedLoginOf,
  sharedLoginPath,
} from "../wizard/machines/machines.ts";
import { askChoice } from "./ask-choice.ts";
import { askField } from "./ask-field.ts";
import { back, type Voice } from "./voice.ts";
import { wizardCommands } from "./wizard-commands.ts";

const help = ["The machines of the cluster: by address, with a name and what each one is for."];

/** The machines as a menu: add one, change or take away one, how they are logged in to, go on. */
export async function speakMachines(voice: Voice, app: AppModel): Promise<"answered" | typeof back> {
  const { wizard } = app;
  for (;;) {
    const machines = machinesOf(wizard.get().draft);
    const chosen = await askChoice(voice, {
      title:
        machines.length === 0
          ? "There are no machines yet."
          : machines.length === 1
            ? "One machine:"
            : `${machines.length} machines:`,
      choices: [
        { value: "done", label: "Go on" },
        { value: "add", label: "Add a machine" },
        { value: "login", label: "The login", note: sharedLoginInWords(sharedLoginOf(wizard.get().draft)) },
        ...machines.map((machine, index) => ({ value: String(index), label: nameOf(machine), note: inWords(machine) })),
      ],
      current: machines.length === 0 ? "add" : "done",
      commands: wizardCommands(voice, app, help),
    });
    if (chosen === back) return back;
    if (chosen === "done") return "answered";
    if (chosen === "login") await askLogin(voice, app);
    else if (chosen === "add") await addMachine(voice, app);
    else await changeMachine(voice, app, Number(chosen));
  }
}

async function addMachine(voice: Voice, app: AppModel): Promise<void> {
  const machines = machinesOf(app.wizard.get().draft);
  app.wizard.dispatch({ type: "put", path: machinesPath, value: withNewMachine(machines) });
  if ((await askMachine(voice, app, machines.length)) === back) put(app, machines);
}

async function changeMachine(voice: Voice, app: AppModel, index: number): Promise<void> {
  const machines = machinesOf(app.wizard.get().draft);
  const choices = [
    { value: "change", label: "Change it" },
    { value: "remove", label: "Take it out of the list" },
  ];
  const chosen = await askChoice(voice, { title: nameOf(machines[index] ?? {}), choices, current: "change" });
  if (chosen === "remove") put(app, withoutMachines(machines, [index]));
  if (chosen === "change") await askMachine(voice, app, index);
}

function put(app: AppModel, machines: readonly MachineDraft[]): void {
  app.wizard.dispatch(
    machines.length === 0
      ? { type: "unset", path: machinesPath }
      : { type: "put", path: machinesPath, value: machines },
  );
}

async function askMachine(voice: Voice, app: AppModel, index: number): Promise<"answered" | typeof back> {
  const path = [...machinesPath, index];
  if ((await askAddress(voice, app, path)) === back) return back;
  const name = { label: "Name", path: [...path, "name"], otherwise: "made from the address" };
  if ((await askField(voice, app, { kind: "text", ...name })) === back) return askMachine(voice, app, index);
  const machines = machinesOf(app.wizard.get().draft);
  const current = rolesInWords(machines[index] ?? {});
  const chosen = await askChoice(voice, {
    title: "What it is for",
    choices: roleChoices.map(({ short, label }) => ({ value: short, label })),
    current: roleChoices.find(({ short }) => short === current)?.short,
    commands: wizardCommands(voice, app, help),
  });
  if (chosen === back) return askMachine(voice, app, index);
  const roles = roleChoices.find(({ short }) => short === chosen)?.roles ?? [];
  put(app, withRoles(machines, [index], roles));
  return "answered";
}

/** A name is only for logging in: the other nodes need an address. */
async function askAddress(voice: Voice, app: AppModel, path: Path): Promise<"answered" | typeof back> {
  const required = { kind: "text", required: true } as const;
  const address = { label: "Address", path: [...path, "address"], judgedLater: isName };
  if ((await askField(voice, app, { ...required, ...address })) === back) return back;
  if (!isName(String(valueAt(app.wizard.get().draft, address.path)))) return "answered";
  const internal = { label: "Address the other nodes use", path: [...path, "internalAddress"] };
  const answer = await askField(voice, app, { ...required, ...internal });
  return answer === back ? askAddress(voice, app, path) : answer;
}

function isName(address: string): boolean {
  return /[g-z]/i.test(address) || (/[a-f]/i.test(address) && !address.includes(":"));
}

async function askLogin(voice: Voice, app: AppModel): Promise<void> {
  const fields = [
    { label: "User", path: [...sharedLoginPath, "user"] },
    { label: "Port", path: [...sharedLoginPath, "port"], number: true },
    { label: "Private key file", path: [...sharedLoginPath, "keyFile"], otherwise: "the agent and the usual files" },
  ];
  for (const field of fields) {
    if ((await askField(voice, app, { kind: "text", ...field })) === back) return;
  }
}

function nameOf({ name, address = "" }: MachineDraft): string {
  return name ?? (address === "" ? "a machine without an address" : address);
}

function inWords(machine: MachineDraft): string {
  return [machine.address ?? "", rolesInWords(machine)].filter((part) => part !== "").join(", ");
}
