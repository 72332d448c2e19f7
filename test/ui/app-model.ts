import type { AppModel } from "../../src/ui/app/app-model.tsx";
import { createModel } from "../../src/ui/app/create-model.ts";
import type { Place } from "../../src/ui/app/place.ts";
import type { Services } from "../../src/ui/services.ts";
import { newWizard, type WizardState } from "../../src/ui/wizard/wizard-state.ts";

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
  /** The lines it would print on the normal screen. */
  said: () => readonly string[];
} {
  let exitCode: number | undefined;
  let afterwards: readonly string[] = [];
  const refuse = (what: string) => async () => {
    throw new Error(`This test has nothing that could ${what}.`);
  };
  const model = createModel({
    services: {
      version: "0.0.0",
      savePreset: async () => ({ outcome: "failed", reason: "This test saves nothing." }),
      clusters: async () => [],
      health: async () => ({ state: "unknown", says: "not looked at" }),
      kubeconfig: (cluster) => ({ path: `/home/ann/${cluster}.conf`, isThere: true }),
      runs: async () => [],
      replay: refuse("tell a run"),
      loadDraft: refuse("read a preset"),
      foresee: refuse("foresee a plan"),
      run: refuse("run a plan"),
      stepHistory: async () => new Map(),
      shell: refuse("open a shell"),
      testMachine: refuse("test a machine"),
      readText: refuse("read a file"),
      saveLines: refuse("save lines"),
      ...services,
    },
    first: [first],
    wizard,
    suspend: (act) => act(),
    sayAfterwards: (lines) => {
      afterwards = lines;
    },
    quit: (code) => {
      exitCode = code;
    },
  });
  return { model, left: () => exitCode, said: () => afterwards };
}
