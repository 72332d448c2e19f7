import { formatPath, type Path } from "../../preset/path.ts";
import { valueAt } from "../../preset/value-at.ts";
import { emptyDraft, type PresetDraft } from "./draft.ts";
import { resetAt, setAt, unsetAt } from "./edit-draft.ts";

/** What undo brings back. */
interface Earlier {
  readonly draft: PresetDraft;
  readonly aside: Aside;
  /** Where the change was, so that typing one text is one change. */
  readonly at: string;
}

/** Answers left for another one, by their place, so that going back to them finds everything again. */
type Aside = Readonly<Record<string, unknown>>;

/** A file that holds the draft as it was at that moment. */
export interface DraftFile {
  readonly path: string;
  readonly draft: PresetDraft;
}

/** Everything the wizard knows; it outlives every screen. */
export interface WizardState {
  readonly draft: PresetDraft;
  readonly aside: Aside;
  readonly past: readonly Earlier[];
  /** Counts what changes values other than by typing, after which fields begin anew. */
  readonly edition: number;
  /** The section the hub points to. */
  readonly highlighted: string | undefined;
  readonly file: DraftFile | undefined;
  /** What relative paths in the draft count from; the current folder when undefined. */
  readonly folder: string | undefined;
}

export type WizardAction =
  | { readonly type: "set"; readonly path: Path; readonly value: unknown }
  | { readonly type: "unset"; readonly path: Path }
  /** A value that was not typed: a change of its own for undo. */
  | { readonly type: "put"; readonly path: Path; readonly value: unknown }
  /** Takes one key of a mapping that has exactly one, or none; the one it had is kept aside. */
  | { readonly type: "choose"; readonly path: Path; readonly key: string | undefined; readonly initial: unknown }
  | { readonly type: "reset"; readonly paths: readonly Path[] }
  | { readonly type: "undo" }
  | { readonly type: "highlight"; readonly section: string }
  | { readonly type: "saved"; readonly file: DraftFile }
  | { readonly type: "load"; readonly draft: PresetDraft; readonly file: string; readonly folder: string }
  | { readonly type: "new" };

const mostUndone = 100;

export const newWizard: WizardState = {
  draft: emptyDraft,
  aside: {},
  past: [],
  edition: 0,
  highlighted: undefined,
  file: undefined,
  folder: undefined,
};

export function reduceWizard(state: WizardState, action: WizardAction): WizardState {
  switch (action.type) {
    case "set":
      return typed(state, action.path, setAt(state.draft, action.path, action.value));
    case "unset":
      return typed(state, action.path, unsetAt(state.draft, action.path));
    case "put":
      return changed(state, { draft: setAt(state.draft, action.path, action.value), aside: state.aside });
    case "choose":
      return choose(state, action);
    case "reset":
      return changed(state, { draft: action.paths.reduce(resetAt, state.draft), aside: state.aside });
    case "undo": {
      const earlier = state.past.at(-1);
      if (earlier === undefined) return state;
      const { draft, aside } = earlier;
      return { ...state, draft, aside, past: state.past.slice(0, -1), edition: state.edition + 1 };
    }
    case "highlight":
      return state.highlighted === action.section ? state : { ...state, highlighted: action.section };
    case "saved":
      return { ...state, file: action.file };
    case "load": {
      const { draft, file: path, folder } = action;
      return { ...newWizard, edition: state.edition + 1, draft, folder, file: { path, draft } };
    }
    case "new":
      return { ...newWizard, edition: state.edition + 1 };
  }
}

/** Changes by typing at one place follow each other quickly and are undone together. */
function typed(state: WizardState, path: Path, draft: PresetDraft): WizardState {
  if (JSON.stringify(draft) === JSON.stringify(state.draft)) return state;
  const at = formatPath(path);
  const goesOn = state.past.at(-1)?.at === at;
  return { ...state, draft, past: goesOn ? state.past : remember(state, at) };
}

function changed(state: WizardState, next: Pick<WizardState, "draft" | "aside">): WizardState {
  if (JSON.stringify(next.draft) === JSON.stringify(state.draft)) return state;
  return { ...state, ...next, past: remember(state, ""), edition: state.edition + 1 };
}

function remember({ past, draft, aside }: WizardState, at: string): readonly Earlier[] {
  return [...past, { draft, aside, at }].slice(-mostUndone);
}

function choose(state: WizardState, { path, key, initial }: Extract<WizardAction, { type: "choose" }>): WizardState {
  const current = valueAt(state.draft, path);
  const left = typeof current === "object" && current !== null ? Object.entries(current) : [];
  const aside = { ...state.aside, ...Object.fromEntries(left.map(([name, value]) => [place(path, name), value])) };
  if (key === undefined) return changed(state, { draft: unsetAt(state.draft, path), aside });
  const value = aside[place(path, key)] ?? initial;
  return changed(state, { draft: setAt(state.draft, path, { [key]: value }), aside });
}

function place(path: Path, key: string): string {
  return formatPath([...path, key]);
}
