import { checkPresetValue } from "../../preset/check-preset.ts";
import type { Finding } from "../../preset/finding.ts";
import { formatPath, type Path } from "../../preset/path.ts";
import type { Preset } from "../../preset/schema/preset.ts";
import type { PresetDraft } from "./draft.ts";

/** A draft judged by the rules of presets. */
export interface Judged {
  /** The preset it is, once nothing is missing or wrong. */
  readonly preset: Preset | undefined;
  readonly findings: readonly Finding[];
}

const known = new WeakMap<PresetDraft, Judged>();

/** Judges a draft; the same draft is judged once. */
export function judge(draft: PresetDraft): Judged {
  const before = known.get(draft);
  if (before !== undefined) return before;
  const judged = checkPresetValue(draft);
  known.set(draft, judged);
  return judged;
}

/** What is wrong at a path or below it, the errors first. */
export function findingAt({ findings }: Judged, path: Path): Finding | undefined {
  const text = formatPath(path);
  const here = findings.filter((finding) => {
    const at = formatPath(finding.path);
    return at === text || (at.startsWith(text) && /^[.[]/.test(at.slice(text.length)));
  });
  return here.find(({ severity }) => severity === "error") ?? here[0];
}

/** A finding as one line: what is wrong, then what to do about it. */
export function findingText({ message, hint, allowed }: Finding): string {
  const more = hint ?? (allowed === undefined ? undefined : `allowed: ${allowed}`);
  return more === undefined ? message : `${message}; ${more}`;
}
