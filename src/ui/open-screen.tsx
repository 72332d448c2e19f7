import { App } from "./app/app.tsx";
import type { AppModel, Work } from "./app/app-model.tsx";
import { reduceTrail, type Trail, type TrailAction } from "./app/place.ts";
import { createQuestions } from "./app/questions.ts";
import type { Services } from "./services.ts";
import { createStore } from "./state/store.ts";
import type { Appearance } from "./terminal/appearance.ts";
import { show, type TerminalStreams } from "./terminal/terminal.ts";
import { newWizard, reduceWizard, type WizardAction, type WizardState } from "./wizard/wizard-state.ts";

export interface ScreenOptions {
  readonly services: Services;
  readonly appearance: Appearance;
  readonly streams: TerminalStreams;
  /** Where to begin, with the way back from there. */
  readonly first: Trail;
  /** The preset the wizard begins with. */
  readonly load?: Extract<WizardAction, { readonly type: "load" }>;
  /** Leaves the screen at once, as for SIGTERM. */
  readonly signal: AbortSignal;
}

/** How the person left, and what others wanted to print meanwhile. */
export interface ScreenEnd {
  readonly exitCode: number;
  readonly keptOutput: readonly string[];
}

/** Shows the program until the person leaves it. */
export async function openScreen(options: ScreenOptions): Promise<ScreenEnd> {
  const { services, appearance, streams, first, load, signal } = options;
  signal.throwIfAborted();
  const left = new AbortController();
  let exitCode = 0;
  const model: AppModel = {
    services,
    trail: createStore<Trail, TrailAction>(reduceTrail, first),
    questions: createQuestions(),
    work: createStore<Work | undefined, Work | undefined>((_, next) => next, undefined),
    wizard: createStore<WizardState, WizardAction>(
      reduceWizard,
      load === undefined ? newWizard : reduceWizard(newWizard, load),
    ),
    quit: (code) => {
      exitCode = code;
      left.abort();
    },
  };
  const shown = show(<App model={model} appearance={appearance} />, streams);
  const end = AbortSignal.any([left.signal, signal]);
  await new Promise<void>((resolve) => {
    if (end.aborted) resolve();
    else end.addEventListener("abort", () => resolve(), { once: true });
  });
  return { exitCode, keptOutput: shown.close() };
}
