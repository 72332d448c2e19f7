import { toInstallerError } from "../../engine/errors.ts";
import type { AppModel } from "../app/app-model.tsx";
import { countOf } from "../state/count-of.ts";
import { isUntouched } from "../wizard/machines/edit-machines.ts";
import { importMachines } from "../wizard/machines/import-machines.ts";
import { machinesOf, machinesPath } from "../wizard/machines/machines.ts";
import { type ImportPlan, planImport, planInWords } from "../wizard/machines/plan-import.ts";
import { askChoice } from "./ask-choice.ts";
import { listenForLines } from "./listen-for-lines.ts";
import { machineAloud, machineName } from "./machine-aloud.ts";
import { mendLines } from "./mend-lines.ts";
import { back, listen, sayAll, type Voice } from "./voice.ts";
import { wizardCommands } from "./wizard-commands.ts";

const forms = [
  "One machine a line: an address, or name, address and role, as in: w-1 10.0.0.21 worker",
  "Or CSV, an Ansible inventory, or lines of /etc/hosts. Nothing is added before you heard it.",
];

/** A list that is typed or pasted line by line; back from what it would add leads into it again. */
export async function speakList(voice: Voice, app: AppModel): Promise<void> {
  let lines: readonly string[] | typeof back = [];
  voice.print("The word end on a line of its own ends the list, back takes the last line back, ? helps.");
  for (;;) {
    lines = await listenForLines(voice, lines, forms);
    if (lines === back || lines.every((line) => line.trim() === "")) return;
    const offered = await offer(voice, app, lines);
    if (offered === "done") return;
    lines = offered;
  }
}

/** A file with such a list; back from what it would add leads to its name again. */
export async function speakFile(voice: Voice, app: AppModel): Promise<void> {
  for (;;) {
    const path = await listen(voice, "File: ", wizardCommands(voice, app, forms));
    if (path === back) return;
    if (path === "") {
      voice.print("Say its path, or back to leave.");
      continue;
    }
    try {
      const text = await app.services.readText(path, voice.signal);
      if ((await offer(voice, app, text.split(/\r\n?|\n/))) === "done") return;
    } catch (thrown) {
      voice.signal.throwIfAborted();
      const error = toInstallerError(thrown);
      if (error.code === "interrupted") throw error;
      sayAll(voice, [error.message, "Say another path, or back to leave."]);
    }
  }
}

/** Says what a list would add and what is wrong in it; gives the lines as they are then when the person wants back to them. */
async function offer(voice: Voice, app: AppModel, given: readonly string[]): Promise<readonly string[] | "done"> {
  const { wizard } = app;
  let lines = given;
  for (;;) {
    const machines = machinesOf(wizard.get().draft).filter((machine) => !isUntouched(machine));
    const plan = planImport(machines, importMachines(lines.join("\n")));
    const { added, problems } = plan;
    const chosen = await askChoice(voice, {
      title: `${planInWords(plan)}.`,
      lines: linesOf(plan),
      choices: [
        ...(added.length === 0 ? [] : ([{ value: "add", label: addLabel(plan) }] as const)),
        ...(problems.length === 0 ? [] : ([{ value: "mend", label: mendLabel(plan) }] as const)),
        { value: "nothing", label: "Add nothing" },
      ],
      current: problems.length > 0 ? "mend" : added.length > 0 ? "add" : "nothing",
      commands: wizardCommands(voice, app, forms),
    });
    switch (chosen) {
      case back:
        return lines;
      case "nothing":
        voice.print("Nothing was added.");
        return "done";
      case "mend":
        lines = await mendLines(voice, lines, problems);
        break;
      case "add":
        wizard.dispatch({ type: "put", path: machinesPath, value: [...machines, ...added] });
        voice.print(`Imported: ${planInWords(plan).replace("to add", "added")}.`);
        return "done";
    }
  }
}

/** More than these of a kind are too many to listen to before an answer. */
const mostSaid = 10;

function linesOf({ added, problems }: ImportPlan): readonly string[] {
  const machines = added.map((machine) => `Add ${machineName(machine)}, ${machineAloud(machine)}`);
  const wrong = problems.map(({ line, reason }) => `Line ${line}: ${reason}`);
  return [...first(machines, "machine"), ...first(wrong, "line")];
}

function first(lines: readonly string[], what: string): readonly string[] {
  const more = lines.length - mostSaid;
  return more <= 0 ? lines : [...lines.slice(0, mostSaid), `and ${countOf(more, `more ${what}`)}`];
}

function addLabel({ added, problems }: ImportPlan): string {
  const what = added.length === 1 ? "the one machine" : `the ${added.length} machines`;
  return `Add ${what}${problems.length === 0 ? "" : ", without what was not understood"}`;
}

function mendLabel({ problems }: ImportPlan): string {
  const lines = [...new Set(problems.map(({ line }) => line))];
  return lines.length === 1
    ? `Say line ${lines[0]} again`
    : `Say the ${lines.length} lines again that were not understood`;
}
