import { dirname } from "node:path";
import { InstallerError } from "../engine/errors.ts";
import { countProblems, type Problem } from "../engine/problem.ts";
import { checkPreset } from "./check-preset.ts";
import type { ClusterWish } from "./cluster-spec.ts";
import { surroundingsOf } from "./locations.ts";
import { readPresetFile } from "./read-file.ts";
import { readReferences } from "./read-references.ts";
import { listReferences } from "./references.ts";
import { resolvePreset } from "./resolve.ts";
import type { Preset } from "./schema/preset.ts";

export interface LoadedPreset {
  readonly spec: ClusterWish;
  readonly warnings: readonly Problem[];
}

export interface LoadOptions {
  readonly signal: AbortSignal;
  /**
   * What a missing secret or key file is: an error, because nobody can log in without it, or a warning, because only the
   * preset is looked at.
   */
  readonly missingReferences?: "error" | "warning";
}

/**
 * Loads a preset file and everything it points to: the one way from a file to a wanted cluster.
 * @throws InstallerError `preset-invalid` with every problem, `preset-unreadable`
 */
export async function loadPreset(path: string, options: LoadOptions): Promise<LoadedPreset> {
  const { signal, missingReferences = "error" } = options;
  const text = await readPresetFile(path, signal);
  const { preset, problems, unlisted, source } = checkPreset(text, path);
  if (preset === undefined) throw invalidPreset(path, problems, unlisted);
  const surroundings = surroundingsOf(dirname(path));
  const { secrets, findings } = await readReferences(listReferences(preset), surroundings, signal);
  const found = findings.map((finding) =>
    source.locate(missingReferences === "warning" ? { ...finding, severity: "warning" } : finding),
  );
  if (found.some(({ severity }) => severity === "error")) throw invalidPreset(path, [...problems, ...found]);
  return { spec: resolvePreset(preset, { surroundings, secrets }), warnings: [...problems, ...found] };
}

/**
 * Checks a preset's text without looking at anything outside it.
 * @throws InstallerError `preset-invalid` with every problem
 */
export function parsePreset(text: string, file: string): { preset: Preset; warnings: readonly Problem[] } {
  const { preset, problems, unlisted } = checkPreset(text, file);
  if (preset === undefined) throw invalidPreset(file, problems, unlisted);
  return { preset, warnings: problems };
}

/** What stops a preset stands before what is merely noted. */
const rank = { error: 0, warning: 1 };

function invalidPreset(file: string, problems: readonly Problem[], unlisted = 0): InstallerError {
  const rest = unlisted === 0 ? "" : `, and ${unlisted} more that are not listed`;
  return new InstallerError("preset-invalid", {
    message: `${file} is not a valid preset: ${countProblems(problems)}${rest}.`,
    problems: [...problems].sort((left, right) => rank[left.severity] - rank[right.severity]),
    nextSteps: ["`kube-installer preset explain KEY` tells what a key means and allows."],
  });
}
