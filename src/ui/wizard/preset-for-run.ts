import type { Services } from "../services.ts";
import type { Store } from "../state/store.ts";
import { concealSecrets } from "./draft.ts";
import type { WizardAction, WizardState } from "./wizard-state.ts";

/** The file a run of the wizard's preset reads, or why there is none. */
export type PresetForRun =
  | { readonly outcome: "saved"; readonly path: string }
  | { readonly outcome: "failed"; readonly reason: string };

/** The preset's own file when it says what the wizard says, else a copy kept beside what else is kept of the cluster. */
export async function presetForRun(
  { services, wizard }: { services: Services; wizard: Store<WizardState, WizardAction> },
  signal?: AbortSignal,
): Promise<PresetForRun> {
  const { draft, file, folder } = wizard.get();
  if (file !== undefined && JSON.stringify(file.draft) === JSON.stringify(draft)) {
    return { outcome: "saved", path: file.path };
  }
  const saved = await services.savePreset({ draft: concealSecrets(draft), folder }, signal);
  return saved.outcome === "exists" ? { outcome: "failed", reason: `${saved.path} is there already.` } : saved;
}
