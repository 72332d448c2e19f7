import type { Felt, NdjsonLine, ObservedRun } from "./observed-run.ts";
import type { FaultKind } from "./schedule.ts";

/** Faults no run has to fail for: they pass, or only take time. */
const harmless: ReadonlySet<FaultKind> = new Set(["slow"]);

/** The outcome is one that was promised, fits what was felt, names the nodes concerned and tells why. */
export function judgeOutcome(
  run: ObservedRun,
  lines: readonly NdjsonLine[],
  firstControlPlane: string,
): readonly string[] {
  const summary = lines.findLast((line) => line.type === "summary");
  if (summary === undefined) return ["outcome: there is no summary"];
  const { felt, blow, exitCode } = run;
  const violations: string[] = [];
  const errors = lines.flatMap((line) => ("error" in line && line.error !== undefined ? [line.error] : []));
  const text = [...run.printed, ...run.told].join("\n");
  const felled = new Set(felt.filter(({ kind }) => !harmless.has(kind)).map(({ node }) => node));
  const wide = felled.has(firstControlPlane);

  const fitting = { ok: [0], partial: [6], failed: [1, 2, 3, 4], interrupted: [130] }[summary.outcome];
  if (exitCode === undefined || !fitting.includes(exitCode)) {
    violations.push(`outcome: ${summary.outcome} with the exit code ${exitCode}`);
  }
  if (summary.outcome !== "ok" && summary.outcome !== "interrupted" && felt.length === 0) {
    violations.push(`outcome: ${summary.outcome} although nothing was felt: ${errors.at(-1)?.message}`);
  }
  if (summary.outcome === "interrupted" && blow === undefined) violations.push("outcome: interrupted, but by nobody");
  if (summary.outcome === "failed") {
    if (errors.length === 0) violations.push("outcome: failed without an error");
    if (!wide && felt.length > 0 && !mayStop(errors)) {
      violations.push(
        `outcome: the failure of workers stopped the run: ${errors.at(-1)?.code}: ${errors.at(-1)?.message}`,
      );
    }
  }
  if (summary.outcome === "partial" && summary.setAside.length === 0)
    violations.push("outcome: partial without a node");
  for (const node of summary.setAside) {
    if (!felled.has(node) && !wide) violations.push(`outcome: ${node} was set aside, but nothing happened to it`);
  }
  for (const fault of felt) violations.push(...judgeFault(fault, { summary, text, wide }));
  return violations;
}

interface End {
  readonly summary: Extract<NdjsonLine, { type: "summary" }>;
  /** Everything that was printed or told. */
  readonly text: string;
  /** Whether something happened to the first control plane, which stops the rest from going on. */
  readonly wide: boolean;
}

function judgeFault({ kind, node, lasts, mark, command }: Felt, { summary, text, wide }: End): readonly string[] {
  if (harmless.has(kind) || summary.outcome === "interrupted") return [];
  if (lasts !== "for-good" || command === undefined) return [];
  const what = `${kind} on ${node} for good (${mark})`;
  if (summary.outcome === "ok") return [`lost: ok in spite of ${what}`];
  if (wide) return [];
  if (summary.outcome === "partial" && !summary.setAside.includes(node))
    return [`lost: partial without ${node} in spite of ${what}`];
  return text.includes(`"node":"${node}"`) ? [] : [`lost: nothing tells of ${what}`];
}

/** What stops a run before anything is changed, on whichever node it is found: what only a person can put right. */
const mistakes: ReadonlySet<string> = new Set([
  ...["host-key-refused", "authentication-failed", "sudo-refused", "preflight-failed"],
]);

function mayStop(errors: readonly { readonly code: string }[]): boolean {
  return errors.some(({ code }) => mistakes.has(code));
}
