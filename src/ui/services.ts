import type { PresetDraft } from "./wizard/draft.ts";

/** What the screens need of the rest of the program; the command line provides it. */
export interface Services {
  /** `0.1.0` */
  readonly version: string;
  /** Writes a preset to a file only its owner can read; never rejects but when aborted. */
  savePreset(preset: PresetToSave, signal?: AbortSignal): Promise<SavedPreset>;
}

export interface PresetToSave {
  /** Without secrets, complete or not. */
  readonly draft: PresetDraft;
  /** What relative paths in it count from until now; the current folder when undefined. */
  readonly folder: string | undefined;
  /** As the person typed it; without it, the place where the cluster's own things are kept, whatever is there. */
  readonly path?: string;
  readonly overwrite?: boolean;
}

export type SavedPreset =
  | { readonly outcome: "saved"; readonly path: string }
  /** Nothing was written, because there is a file already. */
  | { readonly outcome: "exists"; readonly path: string }
  | { readonly outcome: "failed"; readonly reason: string };
