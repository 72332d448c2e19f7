import type { Path } from "../../../preset/path.ts";
import { valueAt } from "../../../preset/value-at.ts";
import { useApp } from "../../app/app-model.tsx";
import { useStore } from "../../state/use-store.ts";
import type { TextRow } from "../../widgets/form.tsx";
import { defaultFor, hintFor } from "../../wizard/about.ts";
import { findingAt, findingText, type Judged, judge } from "../../wizard/judge.ts";
import type { WizardAction, WizardState } from "../../wizard/wizard-state.ts";

/** What every section screen gets. */
export interface SectionScreenProps {
  readonly width: number;
  readonly height: number;
  /** Everything here is answered: goes on to what is still to do. */
  readonly onDone: () => void;
}

export interface Wizard {
  readonly state: WizardState;
  /** Judged when it is looked at, which takes a while for a thousand machines. */
  readonly judged: Judged;
  readonly dispatch: (action: WizardAction) => void;
  /** A line for the text or number at a path, checked by the rules of presets, with their words for help. */
  readonly field: (path: Path, options: FieldOptions) => TextRow;
}

export type FieldOptions = Pick<TextRow, "label" | "hint" | "placeholder" | "suggestion" | "characters"> & {
  readonly number?: boolean;
};

/** The wizard's draft and the ways to change it. */
export function useWizard(): Wizard {
  const { wizard } = useApp();
  const state = useStore(wizard, (current) => current);
  const field = (path: Path, { number = false, ...options }: FieldOptions): TextRow => {
    const value = valueAt(state.draft, path);
    const placeholder = options.suggestion ?? defaultFor(path);
    return {
      kind: "text",
      id: path.join("."),
      value: typeof value === "string" || typeof value === "number" ? String(value) : "",
      hint: hintFor(path),
      ...(placeholder === undefined ? {} : { placeholder }),
      ...(number ? { characters: { valid: /\d/, inWords: "digits" } } : {}),
      problem: (text) => {
        const finding = text === "" ? undefined : findingAt(judge(wizard.get().draft), path);
        return finding === undefined ? undefined : findingText(finding);
      },
      onChange: (text) =>
        wizard.dispatch(
          text === "" ? { type: "unset", path } : { type: "set", path, value: number ? Number(text) : text },
        ),
      ...options,
    };
  };
  return {
    state,
    get judged() {
      return judge(state.draft);
    },
    dispatch: wizard.dispatch,
    field,
  };
}
