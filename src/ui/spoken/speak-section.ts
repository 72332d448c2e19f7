import type { AppModel } from "../app/app-model.tsx";
import { aboutSection } from "../wizard/about.ts";
import { sectionTable } from "../wizard/section-table.ts";
import { askChoice } from "./ask-choice.ts";
import { askField } from "./ask-field.ts";
import { questionsOf, type SectionQuestion } from "./section-questions.ts";
import { speakMachines } from "./speak-machines.ts";
import { back, type Voice } from "./voice.ts";
import { wizardCommands } from "./wizard-commands.ts";

export type SpokenSection = (typeof sectionTable)[number];

/** The questions of a section; back at the first one leaves it. */
export async function speakSection(
  voice: Voice,
  app: AppModel,
  section: SpokenSection,
): Promise<"answered" | typeof back> {
  voice.print(`${sectionTable.indexOf(section) + 1} of ${sectionTable.length}: ${section.title}. ${section.about}`);
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

async function askOne(voice: Voice, app: AppModel, section: SpokenSection, question: SectionQuestion) {
  switch (question.kind) {
    case "text":
      return askField(voice, app, question);
    case "machines":
      return speakMachines(voice, app);
    case "choice": {
      const { label, choices, current } = question;
      const commands = wizardCommands(voice, app, aboutSection(section, app.wizard.get().draft));
      const chosen = await askChoice(voice, {
        title: section.about === `${label}.` ? undefined : label,
        choices,
        current,
        commands,
      });
      if (chosen !== back && chosen !== current) app.wizard.dispatch(question.take(chosen));
      return chosen === back ? back : "answered";
    }
  }
}
