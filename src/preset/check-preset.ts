import type { Problem } from "../engine/problem.ts";
import { checkMeaning } from "./check/check-meaning.ts";
import { describeValue } from "./describe-value.ts";
import { explainIssues } from "./explain-issues.ts";
import type { Finding } from "./finding.ts";
import { flowText } from "./flow-text.ts";
import { salvage } from "./salvage.ts";
import { type Preset, presetSchema } from "./schema/preset.ts";
import { readSource, type Source } from "./source/read-source.ts";
import { valueAt } from "./value-at.ts";

/** More problems than anybody reads; a file with more is most likely no preset at all. */
const mostListed = 200;

/** A text checked as a preset: either it is one, or `problems` has errors. */
export interface CheckedPreset {
  readonly preset: Preset | undefined;
  /** In the order they stand in the text; warnings only when there is no error. */
  readonly problems: readonly Problem[];
  /** How many more there are than `problems` holds. */
  readonly unlisted: number;
  readonly source: Source;
}

/**
 * Checks a preset's text and finds everything wrong with it at once; never throws, reads no file.
 * @param file the name to print in front of line and column
 */
export function checkPreset(text: string, file: string): CheckedPreset {
  const source = readSource(text, file);
  const { findings, left, preset } = checkDocument(source);
  const all = [...source.findings, ...findings];
  return {
    preset: all.some((finding) => finding.severity === "error") ? undefined : preset,
    problems: all
      .toSorted((one, other) => source.offsetOf(one) - source.offsetOf(other))
      .slice(0, mostListed)
      .map((finding) => source.locate(finding)),
    unlisted: left + Math.max(0, all.length - mostListed),
    source,
  };
}

/** A value checked as a preset: either it is one, or `findings` has errors. */
export interface CheckedValue {
  readonly findings: readonly Finding[];
  readonly preset: Preset | undefined;
}

/** Checks a preset that stands in no file, such as one that is being written; the same rules as for a text. */
export function checkPresetValue(value: unknown): CheckedValue {
  const { findings, preset } = checkDocument({ value, spelling: (path) => flowText(valueAt(value, path)) });
  return { findings, preset: findings.some(({ severity }) => severity === "error") ? undefined : preset };
}

interface CheckedDocument extends CheckedValue {
  readonly left: number;
}

type Document = Pick<Source, "value" | "spelling">;

function checkDocument(source: Document): CheckedDocument {
  if (source.value === undefined) return { findings: [], left: 0, preset: undefined };
  if (typeof source.value !== "object" || source.value === null || Array.isArray(source.value)) {
    return { findings: [notAMapping(source)], left: 0, preset: undefined };
  }
  const result = presetSchema.safeParse(source.value);
  const issues = result.error?.issues ?? [];
  const { findings, left } = explainIssues(issues, source);
  const rest = salvage(source.value, issues);
  const all = [...findings, ...(rest === undefined ? [] : checkMeaning(rest))];
  const errors = all.filter(({ severity }) => severity === "error");
  return { findings: errors.length > 0 ? errors : all, left, preset: result.data };
}

function notAMapping(source: Document): Finding {
  return {
    severity: "error",
    path: [],
    message: `a preset is a mapping with apiVersion, kind, metadata and spec, but this is ${describeValue(source.value, source.spelling([]))}`,
    hint: "start from one of the examples in presets/, or see `kube-installer preset explain`",
  };
}
