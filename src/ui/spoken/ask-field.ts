import type { Path } from "../../preset/path.ts";
import { valueAt } from "../../preset/value-at.ts";
import type { AppModel } from "../app/app-model.tsx";
import { defaultFor, hintFor } from "../wizard/about.ts";
import { emptiedBy } from "../wizard/emptied-by.ts";
import { findingAt, findingText, judge } from "../wizard/judge.ts";
import { askText } from "./ask-text.ts";
import type { SectionQuestion } from "./section-questions.ts";
import type { back, Voice } from "./voice.ts";
import { wizardCommands } from "./wizard-commands.ts";

type TextField = Extract<SectionQuestion, { readonly kind: "text" }>;

/** Asks for a value of the preset; what the rules of presets refuse is asked again and leaves the draft as it was. */
export function askField(voice: Voice, app: AppModel, field: TextField): Promise<"answered" | typeof back> {
  const { wizard } = app;
  const { label, path, keep, number = false, suggestion } = field;
  const { draft } = wizard.get();
  const otherwise = field.otherwise ?? defaultFor(path);
  return askText(voice, {
    label,
    current: field.current ?? (textAt(draft, path) || (suggestion ?? "")),
    otherwise,
    commands: wizardCommands(voice, app, [hintFor(path)]),
    take: (text) => {
      if (text === "" && field.required === true) return "it must be known; back leaves it";
      if (number && !/^\d*$/.test(text)) return "a number is wanted";
      const value = number ? Number(text) : text;
      const { draft: before } = wizard.get();
      const unset = () => ({ type: "unset", path: keep === undefined ? path : emptiedBy(before, path, keep) }) as const;
      wizard.dispatch(field.take?.(text) ?? (text === "" ? unset() : { type: "put", path, value }));
      const finding =
        text === "" || field.judgedLater?.(text) === true ? undefined : findingAt(judge(wizard.get().draft), path);
      if (finding?.severity !== "error") return undefined;
      if (wizard.get().draft !== before) wizard.dispatch({ type: "undo" });
      return findingText(finding);
    },
  });
}

function textAt(draft: unknown, path: Path): string {
  const value = valueAt(draft, path);
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
