import type { CaseResult } from "./result.ts";

const kinds = {
  point: "killed at a step boundary, each followed by two runs",
  moment: "killed at a random moment, each followed by two runs",
  chained: "killed one after another on the same nodes",
  "after-chain": "the runs after all those kills",
  fault: "faults around an install",
} as const;

/** What came of all cases: one line per kind, then every fault, then every broken promise. */
export function tableOf(results: readonly CaseResult[]): string {
  const lines = [`${"".padEnd(64)}${["cases", "kept", "broken", "missed"].map((head) => head.padStart(8)).join("")}`];
  for (const [kind, title] of Object.entries(kinds)) {
    const those = results.filter((result) => result.kind === kind);
    if (those.length === 0) continue;
    const missed = those.filter((result) => result.missed === true).length;
    const broken = those.filter((result) => result.violations.length > 0).length;
    const counts = [those.length, those.length - missed - broken, broken, missed];
    lines.push(`${title.padEnd(64)}${counts.map((count) => String(count).padStart(8)).join("")}`);
  }
  const faults = results.filter(({ kind }) => kind === "fault").map(faultLine);
  const broken = results.filter(({ violations }) => violations.length > 0).map(brokenLines);
  return [lines.join("\n"), faults.join("\n"), broken.join("\n")].filter((part) => part !== "").join("\n\n");
}

function faultLine({ id, disturbed, next, third }: CaseResult): string {
  const ended = disturbed?.exitCode === undefined ? "killed" : `exit ${disturbed.exitCode}`;
  const apart = disturbed?.setAside === undefined ? "" : ` without ${disturbed.setAside.join(", ")}`;
  const errors = disturbed?.errors === undefined ? "" : ` (${disturbed.errors.join(", ")})`;
  const after = `next: ${next === undefined ? "not run" : `exit ${next.exitCode ?? "killed"}, ${next.changed ?? "?"} changed`}`;
  return `${id.padEnd(34)}${`${ended}${apart}${errors}`.padEnd(44)}${after}, third: ${third?.changed ?? "?"} changed`;
}

function brokenLines({ id, at, violations, evidence }: CaseResult): string {
  const where = evidence === undefined ? [] : [`  see ${evidence}`];
  return [`BROKEN ${id} (${at})`, ...violations.map((text) => `  ${text}`), ...where].join("\n");
}
