import type { NdjsonLine } from "./observed-run.ts";

/** What the stream of events promises by itself: first and last line, every step ended once, sums that add up. */
export function judgeEvents(lines: readonly NdjsonLine[]): readonly string[] {
  const violations: string[] = [];
  const steps = new Map<string, "running" | "tried" | "over">();
  const aside = new Set<string>();
  let planned: number | undefined;
  if (lines[0]?.type !== "version") violations.push("output: the first line is not the version");
  if (lines.at(-1)?.type !== "summary") violations.push("output: the last line is not the summary");
  for (const line of lines) {
    if (line.type === "run-started") planned = line.steps;
    if (line.type === "node-set-aside") {
      if (aside.has(line.node)) violations.push(`events: ${line.node} was set aside twice`);
      aside.add(line.node);
    }
    if (line.type === "step-started") {
      const [key, node] = [keyOf(line), line.node];
      const before = steps.get(key);
      if (before === "running" || before === "over") violations.push(`events: ${key} began twice`);
      if (node !== undefined && aside.has(node)) violations.push(`events: ${key} began after its node was set aside`);
      steps.set(key, "running");
    }
    if (line.type === "step-finished") {
      violations.push(...judgeStepEnd(line, steps.get(keyOf(line))));
      steps.set(keyOf(line), mayBeTriedAgain(line) ? "tried" : "over");
    }
    if ("error" in line && line.error !== undefined) violations.push(...judgeError(line.error));
    if (line.type === "summary")
      violations.push(...judgeSummary(line, { aside, ended: steps.size, planned: planned ?? 0 }));
  }
  for (const [key, state] of steps) if (state === "running") violations.push(`events: ${key} never ended`);
  return violations;
}

type StepEnd = Extract<NdjsonLine, { type: "step-finished" }>;

function judgeStepEnd(line: StepEnd, before: string | undefined): readonly string[] {
  const [key, { outcome, error }] = [keyOf(line), line];
  const violations: string[] = [];
  if (before === "over") violations.push(`events: ${key} ended twice`);
  if (before === undefined && outcome !== "skipped") violations.push(`events: ${key} ended without having begun`);
  if ((outcome === "failed") === (error === undefined)) {
    violations.push(`events: ${key} is ${outcome}, its error is ${error?.code ?? "absent"}`);
  }
  return violations;
}

/** A step that failed because of another node is tried again without that node. */
function mayBeTriedAgain({ node, error }: StepEnd): boolean {
  return error?.node !== undefined && error.node !== node;
}

type ErrorOf<T> = T extends { readonly error?: infer E } ? NonNullable<E> : never;

function judgeError(error: ErrorOf<NdjsonLine>): readonly string[] {
  if (error.code === "bug") return [`bug: ${error.message}`];
  return error.message.trim() === "" ? [`errors: ${error.code} says nothing`] : [];
}

function judgeSummary(
  { counts, setAside }: Extract<NdjsonLine, { type: "summary" }>,
  seen: { readonly aside: ReadonlySet<string>; readonly ended: number; readonly planned: number },
): readonly string[] {
  const violations: string[] = [];
  const counted = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (counted !== seen.planned) violations.push(`summary: counts ${counted} steps, planned were ${seen.planned}`);
  if (seen.ended !== seen.planned) violations.push(`summary: ${seen.ended} steps ended, planned were ${seen.planned}`);
  const [named, told] = [[...setAside].sort().join(", "), [...seen.aside].sort().join(", ")];
  if (named !== told) violations.push(`summary: sets aside [${named}], the events [${told}]`);
  return violations;
}

function keyOf({ step, node }: { readonly step: string; readonly node?: string | undefined }): string {
  return node === undefined ? step : `${step}@${node}`;
}
