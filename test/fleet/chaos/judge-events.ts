import type { NdjsonLine } from "./observed-run.ts";

/** What the stream of events promises by itself: first and last line, every step ended once, sums that add up. */
export function judgeEvents(lines: readonly NdjsonLine[]): readonly string[] {
  const violations: string[] = [];
  const begun = new Map<string, "running" | "over">();
  const aside = new Set<string>();
  let planned: number | undefined;
  let ended = 0;
  if (lines[0]?.type !== "version") violations.push("output: the first line is not the version");
  if (lines.at(-1)?.type !== "summary") violations.push("output: the last line is not the summary");
  for (const line of lines) {
    if (line.type === "run-started") planned = line.steps;
    if (line.type === "node-set-aside") {
      if (aside.has(line.node)) violations.push(`events: ${line.node} was set aside twice`);
      aside.add(line.node);
    }
    if (line.type === "step-started") {
      const key = keyOf(line);
      if (begun.has(key)) violations.push(`events: ${key} began twice`);
      if (line.node !== undefined && aside.has(line.node))
        violations.push(`events: ${key} began after its node was set aside`);
      begun.set(key, "running");
    }
    if (line.type === "step-finished") {
      const key = keyOf(line);
      const before = begun.get(key);
      if (before === "over") violations.push(`events: ${key} ended twice`);
      if (before === undefined && line.outcome !== "skipped")
        violations.push(`events: ${key} ended without having begun`);
      if ((line.outcome === "failed") !== (line.error !== undefined))
        violations.push(`events: ${key} is ${line.outcome}, its error is ${line.error?.code ?? "absent"}`);
      begun.set(key, "over");
      ended += 1;
    }
    if ("error" in line && line.error !== undefined) violations.push(...judgeError(line.error));
    if (line.type === "summary") violations.push(...judgeSummary(line, { aside, ended, planned }));
  }
  for (const [key, state] of begun) if (state === "running") violations.push(`events: ${key} never ended`);
  return violations;
}

type ErrorOf<T> = T extends { readonly error?: infer E } ? NonNullable<E> : never;

function judgeError(error: ErrorOf<NdjsonLine>): readonly string[] {
  if (error.code === "bug") return [`bug: ${error.message}`];
  return error.message.trim() === "" ? [`errors: ${error.code} says nothing`] : [];
}

function judgeSummary(
  { counts, setAside }: Extract<NdjsonLine, { type: "summary" }>,
  seen: { readonly aside: ReadonlySet<string>; readonly ended: number; readonly planned: number | undefined },
): readonly string[] {
  const violations: string[] = [];
  const counted = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (counted !== (seen.planned ?? 0))
    violations.push(`summary: counts ${counted} steps, planned were ${seen.planned ?? 0}`);
  if (seen.ended !== (seen.planned ?? 0))
    violations.push(`summary: ${seen.ended} steps ended, planned were ${seen.planned ?? 0}`);
  const [named, told] = [[...setAside].sort().join(", "), [...seen.aside].sort().join(", ")];
  if (named !== told) violations.push(`summary: sets aside [${named}], the events [${told}]`);
  return violations;
}

function keyOf({ step, node }: { readonly step: string; readonly node?: string | undefined }): string {
  return node === undefined ? step : `${step}@${node}`;
}
