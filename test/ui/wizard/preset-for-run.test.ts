import { expect, test } from "vitest";
import type { PresetToSave } from "../../../src/ui/services.ts";
import { presetForRun } from "../../../src/ui/wizard/preset-for-run.ts";
import { reduceWizard } from "../../../src/ui/wizard/wizard-state.ts";
import { appModel } from "../app-model.ts";

const draft = { metadata: { name: "demo" }, spec: { topology: { lab: {} } } };

function start() {
  const saved: PresetToSave[] = [];
  const { model } = appModel({
    services: {
      savePreset: async (preset) => {
        saved.push(preset);
        return { outcome: "saved", path: "/state/clusters/demo/preset.yaml" };
      },
    },
  });
  model.wizard.dispatch({ type: "load", draft, file: "/home/me/demo.yaml", folder: "/home/me" });
  return { model, saved };
}

test("a run reads the preset's own file as long as it says the same", async () => {
  const { model, saved } = start();
  expect(await presetForRun(model)).toEqual({ outcome: "saved", path: "/home/me/demo.yaml" });
  expect(saved).toEqual([]);
});

test("a run of a changed preset reads a copy, for which nothing has to be asked", async () => {
  const { model, saved } = start();
  model.wizard.dispatch({ type: "set", path: ["spec", "topology", "lab", "workers"], value: 2 });
  expect(await presetForRun(model)).toEqual({ outcome: "saved", path: "/state/clusters/demo/preset.yaml" });
  expect(saved).toEqual([{ draft: model.wizard.get().draft, folder: "/home/me" }]);
  expect(reduceWizard(model.wizard.get(), { type: "undo" }).draft).toEqual(draft);
});
