import { ndjsonLineSchema } from "../../../src/report/event-schema.ts";
import { judgeEvents } from "./judge-events.ts";
import { judgeOutcome } from "./judge-outcome.ts";
import { judgeJournal, judgeRemains } from "./judge-remains.ts";
import { type NdjsonLine, type ObservedRun, wasKilled } from "./observed-run.ts";

export type Outcome = "ok" | "partial" | "failed" | "interrupted" | "killed" | "hung";

export interface Judged {
  readonly outcome: Outcome;
  /** The code of the error that decided it. */
  readonly code: string | undefined;
  readonly setAside: readonly string[];
  /** Every promise the run broke, in words. */
  readonly violations: readonly string[];
}

/** Judges what a run promises whatever happens to it: an end, an outcome that fits, errors told, nothing left behind. */
export function judgeRun(run: ObservedRun, { firstControlPlane }: { firstControlPlane: string }): Judged {
  if (run.hung !== undefined) {
    return { outcome: "hung", code: undefined, setAside: [], violations: [`hang: ${run.hung}`] };
  }
  const { lines, violations } = readLines(run.printed);
  const summary = lines.findLast((line) => line.type === "summary");
  const remains = [...judgeJournal(run, lines), ...judgeRemains(run, firstControlPlane)];
  if (wasKilled(run)) return { outcome: "killed", code: undefined, setAside: [], violations: remains };
  return {
    outcome: summary?.outcome ?? "failed",
    code: decidingCode(lines),
    setAside: summary?.setAside ?? [],
    violations: [...violations, ...judgeEvents(lines), ...judgeOutcome(run, lines, firstControlPlane), ...remains],
  };
}

function readLines(printed: readonly string[]): { lines: readonly NdjsonLine[]; violations: readonly string[] } {
  const violations: string[] = [];
  const lines = printed.flatMap((text): NdjsonLine[] => {
    const parsed = ndjsonLineSchema.safeParse(jsonOf(text));
    if (parsed.success) return [parsed.data];
    violations.push(`output: no line of the promised format: ${text.slice(0, 200)}`);
    return [];
  });
  return { lines, violations };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function decidingCode(lines: readonly NdjsonLine[]): string | undefined {
  const codes = lines.flatMap((line) => ("error" in line && line.error !== undefined ? [line.error.code] : []));
  return codes.at(-1);
}
