import { onTestFinished } from "vitest";
import { App } from "../../../../src/ui/app/app.tsx";
import type { AppModel } from "../../../../src/ui/app/app-model.tsx";
import type { Services } from "../../../../src/ui/services.ts";
import type { Appearance } from "../../../../src/ui/terminal/appearance.ts";
import type { PresetDraft } from "../../../../src/ui/wizard/draft.ts";
import { newWizard } from "../../../../src/ui/wizard/wizard-state.ts";
import { appModel } from "../../app-model.ts";
import { type Rig, rig } from "../../screen-rig.tsx";

export interface WizardRigOptions {
  readonly draft?: PresetDraft;
  readonly section?: string;
  readonly services?: Partial<Services>;
  readonly size?: { readonly columns: number; readonly rows: number };
  readonly appearance?: Partial<Appearance>;
  /** What is on the screen once it listens to keys. */
  readonly ready?: string;
}

/** The wizard on a screen, at its hub or in a section that was opened from there; it is gone when the test is. */
export async function openWizard(options: WizardRigOptions = {}): Promise<Rig & { readonly model: AppModel }> {
  const { draft = newWizard.draft, section, services = {}, size, appearance, ready = "save" } = options;
  const { model } = appModel({
    services,
    first: { screen: "wizard" },
    wizard: { ...newWizard, draft, ...(section === undefined ? {} : { highlighted: section }) },
  });
  if (section !== undefined) model.trail.dispatch({ type: "open", place: { screen: "wizard", section } });
  const looks = { colour: true, unicode: true, screenReader: false, ...appearance };
  const open = await rig(<App model={model} appearance={looks} />, size);
  onTestFinished(() => void open.close());
  await open.shows(ready);
  return { ...open, model };
}

/** A draft with which everything is complete. */
export const labDraft: PresetDraft = {
  apiVersion: "kube-installer/v1",
  kind: "Cluster",
  metadata: { name: "demo" },
  spec: { topology: { lab: { workers: 2 } } },
};
