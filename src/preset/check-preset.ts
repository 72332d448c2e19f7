import type { Problem } from "../engine/problem.ts";
import { checkMeaning } from "./check/check-meaning.ts";
import { describeValue } from "./describe-value.ts";
import { explainIssues } from "./explain-issues.ts";
import type { Finding } from "./finding.ts";
import { salvage } from "./salvage.ts";
import { type Preset, presetSchema } from "./schema/preset.ts";
import { readSource, type Source } from "./source/read-source.ts";

/** A text checked as a preset: either it is one, or `problems` has errors. */
export interface CheckedPreset {
  readonly preset: Preset | undefined;
  /** In the order they stand in the text; warnings only when there is no error. */
  readonly problems: readonly Problem[];
  readonly source: Source;
}

/**
 * Checks a preset's text and finds everything wrong with it at once; never throws, reads no file.
 * @param file the name to print in front of line and column
 */
export function checkPreset(text: string, file: string): CheckedPreset {
  const source = readSource(text, file);
  const { findings, preset } = source.value === undefined ? { findings: [], preset: undefined } : checkDocument(source);
  const all = [...source.findings, ...findings];
  return {
    preset: all.some((finding) => finding.severity === "error") ? undefined : preset,
    problems: inOrder(all.map((finding) => source.locate(finding))),
    source,
  };
}

function checkDocument(source: Source): { findings: readonly Finding[]; preset: Preset | undefined } {
  if (typeof source.value !== "object" || source.value === null || Array.isArray(source.value)) {
    return { findings: [notAMapping(source)], preset: undefined };
  }
  const result = presetSchema.safeParse(source.value);
  const issues = result.error?.issues ?? [];
  const rest = salvage(source.value, issues);
  const findings = [...explainIssues(issues, source), ...(rest === undefined ? [] : checkMeaning(rest))];
  const errors = findings.filter(({ severity }) => severity === "error");
  return { findings: errors.length > 0 ? errors : findings, preset: result.data };
}

function notAMapping(source: Source): Finding {
  return {
    severity: "error",
    path: [],
    message: `a preset is a mapping with apiVersion, kind, metadata and spec, but this is ${describeValue(source.value, source.spelling([]))}`,
    hint: "start from one of the examples in presets/, or see `kube-installer preset explain`",
  };
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((left, right) => left.line - right.line || left.column - right.column);
}
