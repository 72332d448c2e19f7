import type { AppModel } from "../app/app-model.tsx";
import { concealSecrets } from "../wizard/draft.ts";
import { judge } from "../wizard/judge.ts";
import { presetLines } from "../wizard/preview.ts";
import { askYes } from "./ask-choice.ts";
import type { Commands, Voice } from "./voice.ts";

/** What can be said at every question of the wizard. */
export function wizardCommands(voice: Voice, app: AppModel, help: readonly string[]): Commands {
  return {
    help,
    show: () => presetLines(app.wizard.get().draft),
    save: (path) => save(voice, app, path, false),
  };
}

/** A file that is there is replaced only after a yes. */
async function save(voice: Voice, app: AppModel, path: string, overwrite: boolean): Promise<void> {
  const { services, wizard } = app;
  const { draft, folder } = wizard.get();
  const saved = await services.savePreset({ draft: concealSecrets(draft), folder, path, overwrite }, voice.signal);
  switch (saved.outcome) {
    case "failed":
      return voice.print(saved.reason);
    case "exists":
      voice.print(`There is a file already: ${saved.path}`);
      if (await askYes(voice, "Replace it, with the comments in it?")) await save(voice, app, path, true);
      return;
    case "saved":
      if (judge(draft).preset !== undefined) wizard.dispatch({ type: "saved", file: { path: saved.path, draft } });
      voice.print(`Saved: ${saved.path}`);
  }
}
