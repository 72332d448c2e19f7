import type { ActiveRun } from "../run/active-run.ts";
import type { Services } from "../services.ts";
import { createStore } from "../state/store.ts";
import { type MachineTests, type MachineTestsAction, reduceTests } from "../wizard/machines/machine-tests.ts";
import {
  type MachinesAction,
  type MachinesState,
  newMachinesState,
  reduceMachines,
} from "../wizard/machines/machines-state.ts";
import { newWizard, reduceWizard, type WizardAction, type WizardState } from "../wizard/wizard-state.ts";
import type { AppModel, Work } from "./app-model.tsx";
import { reduceTrail, type Trail, type TrailAction } from "./place.ts";
import { createQuestions } from "./questions.ts";

export interface ModelOptions extends Pick<AppModel, "suspend" | "sayAfterwards" | "quit"> {
  readonly services: Services;
  readonly first: Trail;
  readonly wizard?: WizardState;
}

/** The state of a program nothing has happened in yet. */
export function createModel({ first, wizard = newWizard, ...rest }: ModelOptions): AppModel {
  return {
    ...rest,
    trail: createStore<Trail, TrailAction>(reduceTrail, first),
    questions: createQuestions(),
    work: createStore<Work | undefined, Work | undefined>((_, next) => next, undefined),
    run: createStore<ActiveRun | undefined, ActiveRun | undefined>((_, next) => next, undefined),
    machines: createStore<MachinesState, MachinesAction>(reduceMachines, newMachinesState),
    machineTests: createStore<MachineTests, MachineTestsAction>(reduceTests, new Map()),
    wizard: createStore<WizardState, WizardAction>(reduceWizard, wizard),
  };
}
