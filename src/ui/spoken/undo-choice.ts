import type { WizardState } from "../wizard/wizard-state.ts";
import type { SpokenChoice } from "./ask-choice.ts";

/** The last answer of a menu that changes things, once something was changed since a moment. */
export function undoChoice({ past }: WizardState, since: WizardState["past"] = []): readonly SpokenChoice<"undo">[] {
  return past.at(-1) === since.at(-1) ? [] : [{ value: "undo", label: "Take the last change back" }];
}
