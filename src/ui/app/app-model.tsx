import { createContext, useContext } from "react";
import type { ActiveRun } from "../run/active-run.ts";
import type { Services } from "../services.ts";
import type { Store } from "../state/store.ts";
import type { MachineTests, MachineTestsAction } from "../wizard/machines/machine-tests.ts";
import type { MachinesAction, MachinesState } from "../wizard/machines/machines-state.ts";
import type { WizardAction, WizardState } from "../wizard/wizard-state.ts";
import type { Trail, TrailAction } from "./place.ts";
import type { Questions } from "./questions.ts";

/** Something under way that must be ended before the program is left. */
export interface Work {
  /** For the question: `the install of demo`. */
  readonly what: string;
  /** Lets running steps end and starts no more. */
  stop(): void;
  /** Ends everything at once. */
  abort(): void;
}

/** What outlives every screen: where one is, what was entered, what is going on. */
export interface AppModel {
  readonly services: Services;
  readonly trail: Store<Trail, TrailAction>;
  readonly questions: Questions;
  readonly work: Store<Work | undefined, Work | undefined>;
  /** The cluster that is being described. */
  readonly wizard: Store<WizardState, WizardAction>;
  /** Where one is in the list of its machines. */
  readonly machines: Store<MachinesState, MachinesAction>;
  /** What is known about logging in to them. */
  readonly machineTests: Store<MachineTests, MachineTestsAction>;
  /** The run on the screen. */
  readonly run: Store<ActiveRun | undefined, ActiveRun | undefined>;
  /** Gives the terminal to something else, and draws the screen again afterwards. */
  readonly suspend: <T>(act: () => Promise<T>) => Promise<T>;
  /** Lines for the normal screen, once the program was left. */
  readonly sayAfterwards: (lines: readonly string[]) => void;
  /** Leaves the program with an exit code. */
  readonly quit: (exitCode: number) => void;
}

const Model = createContext<AppModel | undefined>(undefined);

export const AppModelProvider = Model.Provider;

/** The model of the mounted program. */
export function useApp(): AppModel {
  const model = useContext(Model);
  if (model === undefined) throw new Error("A screen is mounted outside of the program.");
  return model;
}
