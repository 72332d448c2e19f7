import type { AppModel } from "../app/app-model.tsx";
import { judge } from "../wizard/judge.ts";
import { withDuplicate, withoutMachines } from "../wizard/machines/edit-machines.ts";
import { problemsByMachine } from "../wizard/machines/judge-machines.ts";
import { loginKey, type MachineDraft, machinesOf, ownLogin, sharedLoginOf } from "../wizard/machines/machines.ts";
import { testInWords } from "../wizard/machines/test-in-words.ts";
import { askChoice } from "./ask-choice.ts";
import { askMachine, askOwnLogin, putMachines } from "./ask-machine.ts";
import { machineAloud, machineName } from "./machine-aloud.ts";
import { speakTests } from "./speak-tests.ts";
import { back, listen, type Voice } from "./voice.ts";
import { wizardCommands } from "./wizard-commands.ts";

const help = ["A machine of the cluster: where it is, what it is called and what it is for."];

/** More than these are too many to listen to before one is chosen. */
const mostListed = 12;

/** Which machine is meant, then what is to be done with it. */
export async function chooseMachine(voice: Voice, app: AppModel): Promise<void> {
  const machines = machinesOf(app.wizard.get().draft);
  const index = machines.length === 1 ? 0 : await whichMachine(voice, app, machines);
  if (index !== back) await speakMachine(voice, app, index);
}

async function whichMachine(
  voice: Voice,
  app: AppModel,
  machines: readonly MachineDraft[],
): Promise<number | typeof back> {
  const problems = problemsByMachine(judge(app.wizard.get().draft));
  const lines = machines.map((machine, index) => `${machineAloud(machine)}${problems.has(index) ? ", to mend" : ""}`);
  if (machines.length <= mostListed) {
    const choices = machines.map((machine, index) => ({
      value: String(index),
      label: machineName(machine),
      note: lines[index],
    }));
    const chosen = await askChoice(voice, {
      title: "Which machine?",
      choices,
      commands: wizardCommands(voice, app, help),
    });
    return chosen === back ? back : Number(chosen);
  }
  const all = machines.map((machine, index) => `  ${index + 1}  ${machineName(machine)}: ${lines[index]}`);
  for (;;) {
    const question = `Which machine? Its name, its address, or a number from 1 to ${machines.length}: `;
    const said = await listen(voice, question, wizardCommands(voice, app, all));
    if (said === back) return back;
    const named = machines.findIndex(
      (machine) => said !== "" && [machineName(machine), machine.address].includes(said),
    );
    const index = named >= 0 ? named : /^\d+$/.test(said) ? Number(said) - 1 : -1;
    if (machines[index] !== undefined) return index;
    voice.print("None of them is called that; ? says them all, back leaves.");
  }
}

/** All there is to say of one machine, and what can be done with it. */
async function speakMachine(voice: Voice, app: AppModel, index: number): Promise<void> {
  const { wizard, machineTests } = app;
  const { draft } = wizard.get();
  const machines = machinesOf(draft);
  const machine = machines[index];
  if (machine === undefined) return;
  const problem = problemsByMachine(judge(draft)).get(index);
  const login = ownLogin(machine);
  const chosen = await askChoice(voice, {
    title: `${machineName(machine)}: ${machineAloud(machine)}`,
    lines: [
      ...(problem === undefined ? [] : [`To mend: ${problem}`]),
      ...(login === "" ? [] : [`Logs in ${login}`]),
      ...testInWords(machineTests.get().get(loginKey(machine, sharedLoginOf(draft)))),
    ],
    choices: [
      { value: "change", label: "Change it" },
      { value: "test", label: "Test the connection" },
      { value: "login", label: "Log in to it in another way than to the others" },
      { value: "copy", label: "One more like it", note: "with the next free name and address" },
      { value: "remove", label: "Take it out of the list" },
    ],
    current: "change",
    commands: wizardCommands(voice, app, help),
  });
  switch (chosen) {
    case back:
      return;
    case "change":
      await askMachine(voice, app, index);
      return;
    case "test":
      return speakTests(voice, app, [index]);
    case "login":
      await askOwnLogin(voice, app, index);
      return;
    case "copy": {
      putMachines(app, withDuplicate(machines, index));
      const copy = machinesOf(wizard.get().draft)[index + 1] ?? {};
      return voice.print(`Added: ${machineName(copy)}: ${machineAloud(copy)}`);
    }
    case "remove":
      putMachines(app, withoutMachines(machines, [index]));
      voice.print(`${machineName(machine)} is out of the list.`);
  }
}
