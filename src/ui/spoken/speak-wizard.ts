import type { AppModel } from "../app/app-model.tsx";
import { aboutSection } from "../wizard/about.ts";
import { judge } from "../wizard/judge.ts";
import { nextToDo, statusOf } from "../wizard/section.ts";
import { sectionTable } from "../wizard/section-table.ts";
import { askChoice } from "./ask-choice.ts";
import { askField } from "./ask-field.ts";
import { questionsOf, type SectionQuestion } from "./section-questions.ts";
import { speakMachines } from "./speak-machines.ts";
import { back, type Voice } from "./voice.ts";
import { wizardCommands } from "./wizard-commands.ts";

type Section = (typeof sectionTable)[number];

/** Asks one section after the other, and those that lack something again; then there is the review. */
export async function speakWizard(voice: Voice, app: AppModel): Promise<void> {
  const { wizard, trail } = app;
  voice.print("What is wanted, section after section. Say ? for help at any question.");
  let index = 0;
  for (;;) {
    const section = sectionTable[index];
    if (section === undefined) {
      const todo = sectionToDo(wizard.get().draft);
      if (todo === undefined) return trail.dispatch({ type: "open", place: { screen: "review" } });
      voice.print(`Not yet. ${todo.title}: ${todo.reason}`);
      index = todo.index;
      continue;
    }
    const answered = await speakSection(voice, app, section, index);
    if (answered !== back) index += 1;
    else if (index === 0) return trail.dispatch({ type: "back" });
    else index -= 1;
  }
}

/** Its questions; back at the first one leaves the section. */
async function speakSection(voice: Voice, app: AppModel, section: Section, index: number) {
  voice.print(`${index + 1} of ${sectionTable.length}: ${section.title}. ${section.about}`);
  let at = 0;
  for (;;) {
    const question = questionsOf[section.id](app.wizard.get().draft)[at];
    if (question === undefined) return "answered";
    const answer = await askOne(voice, app, section, question);
    if (answer !== back) at += 1;
    else if (at === 0) return back;
    else at -= 1;
  }
}

async function askOne(voice: Voice, app: AppModel, section: Section, question: SectionQuestion) {
  switch (question.kind) {
    case "text":
      return askField(voice, app, question);
    case "machines":
      return speakMachines(voice, app);
    case "choice": {
      const { label, choices, current } = question;
      const commands = wizardCommands(voice, app, aboutSection(section));
      const chosen = await askChoice(voice, { title: label, choices, current, commands });
      if (chosen !== back && chosen !== current) app.wizard.dispatch(question.take(chosen));
      return chosen === back ? back : "answered";
    }
  }
}

function sectionToDo(draft: ReturnType<AppModel["wizard"]["get"]>["draft"]) {
  const ground = { draft, judged: judge(draft) };
  const section = nextToDo(sectionTable[sectionTable.length - 1]?.id ?? "", sectionTable, ground);
  const index = sectionTable.findIndex(({ id }) => id === section?.id);
  if (section === undefined || index < 0) return undefined;
  return { index, title: section.title, reason: statusOf(section, sectionTable, ground).reason ?? "" };
}
