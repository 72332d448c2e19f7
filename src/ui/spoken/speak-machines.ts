import type { AppModel } from "../app/app-model.tsx";
import { countOf } from "../state/count-of.ts";
import { judge } from "../wizard/judge.ts";
import { problemsByMachine } from "../wizard/machines/judge-machines.ts";
import { loginKey, machinesOf, sharedLoginInWords, sharedLoginOf } from "../wizard/machines/machines.ts";
import { statusOf } from "../wizard/section.ts";
import { sectionTable } from "../wizard/section-table.ts";
import { askChoice, type SpokenChoice } from "./ask-choice.ts";
import { addMachine } from "./ask-machine.ts";
import { speakFile, speakList } from "./speak-import.ts";
import { speakLogin } from "./speak-login.ts";
import { chooseMachine } from "./speak-machine.ts";
import { foundInWords, speakTests } from "./speak-tests.ts";
import { undoChoice } from "./undo-choice.ts";
import { back, type Voice } from "./voice.ts";
import { wizardCommands } from "./wizard-commands.ts";

const help = [
  "The machines of the cluster: by address, with a name and what each one is for.",
  "A test logs in to them, becomes root and looks at them; it changes nothing.",
];

/** The machines as a menu: add, import, change, test, say how they are logged in to, go on. */
export async function speakMachines(voice: Voice, app: AppModel): Promise<"answered" | typeof back> {
  const { past } = app.wizard.get();
  for (;;) {
    const { draft } = app.wizard.get();
    const machines = machinesOf(draft);
    const chosen = await askChoice(voice, {
      title: machines.length === 0 ? "There are no machines yet." : `${countOf(machines.length, "machine")}.`,
      choices: [...menuOf(app), ...undoChoice(app.wizard.get(), past)],
      current: machines.length === 0 ? "add" : "done",
      commands: wizardCommands(voice, app, help),
    });
    switch (chosen) {
      case back:
        return back;
      case "done":
        sayWhatIsWrong(voice, app);
        return "answered";
      case "add":
        await addMachine(voice, app);
        break;
      case "list":
        await speakList(voice, app);
        break;
      case "file":
        await speakFile(voice, app);
        break;
      case "one":
        await chooseMachine(voice, app);
        break;
      case "test":
        await chooseTests(voice, app);
        break;
      case "login":
        await speakLogin(voice, app);
        break;
      case "undo":
        app.wizard.dispatch({ type: "undo" });
        voice.print("The last change is taken back.");
    }
  }
}

type Entry = "done" | "add" | "list" | "file" | "one" | "test" | "login";

function menuOf({ wizard, machineTests }: AppModel): readonly SpokenChoice<Entry>[] {
  const { draft } = wizard.get();
  const [machines, shared, known] = [machinesOf(draft), sharedLoginOf(draft), machineTests.get()];
  const wrong = problemsByMachine(judge(draft)).size;
  const found = foundInWords(machines.map((machine) => known.get(loginKey(machine, shared))));
  return [
    { value: "done", label: "Go on" },
    { value: "add", label: "Add a machine" },
    { value: "list", label: "Type or paste a list", note: "addresses, CSV, an inventory" },
    { value: "file", label: "Import a file", note: "with such a list" },
    ...(machines.length === 0
      ? []
      : ([
          {
            value: "one",
            label:
              machines.length === 1
                ? "Look at it, change it or take it away"
                : "Look at one, change it or take it away",
            note: wrong === 0 ? undefined : `${wrong} to mend`,
          },
          {
            value: "test",
            label: machines.length === 1 ? "Test the connection" : "Test the connections",
            note: machines.length === 1 ? undefined : found,
          },
        ] as const)),
    {
      value: "login",
      label: machines.length === 1 ? "How it is logged in to" : "How all are logged in to",
      note: sharedLoginInWords(shared),
    },
  ];
}

/** All of them, or those that could not be logged in to yet, when there are others. */
async function chooseTests(voice: Voice, app: AppModel): Promise<void> {
  const { draft } = app.wizard.get();
  const [machines, shared, known] = [machinesOf(draft), sharedLoginOf(draft), app.machineTests.get()];
  const all = [...machines.keys()];
  const open = all.filter((at) => known.get(loginKey(machines[at] ?? {}, shared))?.state !== "fine");
  if (open.length === 0 || open.length === all.length) return speakTests(voice, app, all);
  const chosen = await askChoice(voice, {
    title: "Which ones?",
    choices: [
      { value: "open", label: `The ${open.length} that could not be logged in to yet` },
      { value: "all", label: `All ${all.length}` },
    ],
    current: "open",
    commands: wizardCommands(voice, app, help),
  });
  if (chosen !== back) await speakTests(voice, app, chosen === "open" ? open : all);
}

/** What keeps the section from being complete is heard when it is left, not only at the end. */
function sayWhatIsWrong(voice: Voice, { wizard }: AppModel): void {
  const { draft } = wizard.get();
  const section = sectionTable.find(({ id }) => id === "machines");
  if (section === undefined) return;
  const { state, reason } = statusOf(section, sectionTable, { draft, judged: judge(draft) });
  if (reason !== undefined) voice.print(`${state === "warning" ? "Worth knowing" : "Still to mend"}: ${reason}`);
}
