import type { AppModel, Work } from "../../src/ui/app/app-model.tsx";
import { type Place, reduceTrail, type Trail, type TrailAction } from "../../src/ui/app/place.ts";
import { createQuestions } from "../../src/ui/app/questions.ts";
import type { Services } from "../../src/ui/services.ts";
import { createStore } from "../../src/ui/state/store.ts";

/** A program without anything behind it but what a test gives it. */
export function appModel({
  services = {},
  first = { screen: "home" },
}: {
  services?: Partial<Services>;
  first?: Place;
} = {}): {
  model: AppModel;
  /** The exit code it was left with. */
  left: () => number | undefined;
} {
  let exitCode: number | undefined;
  const model: AppModel = {
    services: { version: "0.0.0", ...services },
    trail: createStore<Trail, TrailAction>(reduceTrail, [first]),
    questions: createQuestions(),
    work: createStore<Work | undefined, Work | undefined>((_, next) => next, undefined),
    quit: (code) => {
      exitCode = code;
    },
  };
  return { model, left: () => exitCode };
}
