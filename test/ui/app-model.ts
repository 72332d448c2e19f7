import type { AppModel, Work } from "../../src/ui/app/app-model.tsx";
import { type Place, reduceTrail, type Trail, type TrailAction } from "../../src/ui/app/place.ts";
import { createQuestions } from "../../src/ui/app/questions.ts";
import type { Services } from "../../src/ui/services.ts";
import { createStore } from "../../src/ui/state/store.ts";
import { newWizard, reduceWizard, type WizardAction, type WizardState } from "../../src/ui/wizard/wizard-state.ts";

/** A program without anything behind it but what a test gives it. */
export function appModel({
  services = {},
  first = { screen: "home" },
  wizard = newWizard,
}: {
  services?: Partial<Services>;
  first?: Place;
  wizard?: WizardState;
} = {}): {
  model: AppModel;
  /** The exit code it was left with. */
  left: () => number | undefined;
} {
  let exitCode: number | undefined;
  const model: AppModel = {
    services: {
      version: "0.0.0",
      savePreset: async () => ({ outcome: "failed", reason: "This test saves nothing." }),
      ...services,
    },
    trail: createStore<Trail, TrailAction>(reduceTrail, [first]),
    questions: createQuestions(),
    work: createStore<Work | undefined, Work | undefined>((_, next) => next, undefined),
    wizard: createStore<WizardState, WizardAction>(reduceWizard, wizard),
    quit: (code) => {
      exitCode = code;
    },
  };
  return { model, left: () => exitCode };
}
