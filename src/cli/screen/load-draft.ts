import { dirname, resolve } from "node:path";
import { checkPreset } from "../../preset/check-preset.ts";
import { parsePreset } from "../../preset/load.ts";
import { readPresetFile } from "../../preset/read-file.ts";
import type { PresetInput } from "../../preset/schema/preset.ts";
import { draftFrom } from "../../ui/wizard/draft.ts";
import type { WizardAction } from "../../ui/wizard/wizard-state.ts";

/**
 * Reads a preset file for the wizard.
 * @throws InstallerError `preset-invalid` with every problem, `preset-unreadable`
 */
export async function loadDraft(
  file: string,
  signal: AbortSignal,
): Promise<Extract<WizardAction, { readonly type: "load" }>> {
  const text = await readPresetFile(file, signal);
  parsePreset(text, file);
  const input = checkPreset(text, file).source.value as PresetInput;
  return { type: "load", draft: draftFrom(input), file: resolve(file), folder: dirname(resolve(file)) };
}
