import type { AppModel } from "../app/app-model.tsx";
import { judge } from "../wizard/judge.ts";
import { nextToDo, type SectionStatus, statusOf } from "../wizard/section.ts";
import { sectionTable } from "../wizard/section-table.ts";
import { askChoice, type SpokenChoice } from "./ask-choice.ts";
import { type SpokenSection, speakSection } from "./speak-section.ts";
import { undoChoice } from "./undo-choice.ts";
import { back, type Voice } from "./voice.ts";
import { wizardCommands } from "./wizard-commands.ts";

/** Asks what must be known, then offers all sections with what they say now, in any order, and the review. */
export async function speakWizard(voice: Voice, app: AppModel): Promise<void> {
  if (sectionToDo(app, "") !== undefined) {
    voice.print("What must be known comes first, then all sections in any order. Say ? for help at any question.");
  }
  if ((await askWhatIsMissing(voice, app)) === back) return app.trail.dispatch({ type: "back" });
  await chooseSections(voice, app);
}

/** One section after the other that lacks something, each once; back at the first question leads to the one before. */
async function askWhatIsMissing(voice: Voice, app: AppModel): Promise<"answered" | typeof back> {
  const asked: SpokenSection[] = [];
  let section = sectionToDo(app, "");
  while (section !== undefined && !asked.includes(section)) {
    if ((await speakSection(voice, app, section)) === back) {
      section = asked.pop();
      if (section === undefined) return back;
    } else {
      asked.push(section);
      section = sectionToDo(app, section.id);
    }
  }
  return "answered";
}

async function chooseSections(voice: Voice, app: AppModel): Promise<void> {
  const { wizard, trail } = app;
  for (;;) {
    const todo = sectionToDo(app, "");
    const chosen = await askChoice(voice, {
      title:
        todo === undefined ? "Everything needed is known." : `Not yet. ${todo.title}: ${statusIn(app, todo).reason}`,
      choices: [
        { value: "review", label: "Review", note: "what would change; nothing does without a yes" },
        ...sectionTable.map((section) => sectionChoice(app, section)),
        ...undoChoice(wizard.get()),
      ],
      current: todo?.id ?? "review",
      commands: wizardCommands(voice, app, ["Answer the sections in any order; most have a good answer already."]),
    });
    if (chosen === back) return trail.dispatch({ type: "back" });
    if (chosen === "undo") {
      wizard.dispatch({ type: "undo" });
      voice.print("The last change is taken back.");
    } else if (chosen !== "review") {
      const section = sectionTable.find(({ id }) => id === chosen);
      if (section !== undefined) await speakSection(voice, app, section);
    } else if (todo === undefined) return trail.dispatch({ type: "open", place: { screen: "review" } });
  }
}

function sectionChoice(app: AppModel, section: SpokenSection): SpokenChoice<SpokenSection["id"]> {
  const { state, reason } = statusIn(app, section);
  const summary = section.summary(app.wizard.get().draft);
  const remark = state === "wrong" ? `to mend: ${reason}` : state === "missing" ? `missing, ${reason}` : reason;
  const note = [summary, remark].filter((part) => part !== undefined && part !== "").join("; ");
  return { value: section.id, label: section.title, note };
}

function statusIn({ wizard }: AppModel, section: SpokenSection): SectionStatus {
  const { draft } = wizard.get();
  return statusOf(section, sectionTable, { draft, judged: judge(draft) });
}

function sectionToDo({ wizard }: AppModel, after: string): SpokenSection | undefined {
  const { draft } = wizard.get();
  const next = nextToDo(after, sectionTable, { draft, judged: judge(draft) });
  return sectionTable.find(({ id }) => id === next?.id);
}
