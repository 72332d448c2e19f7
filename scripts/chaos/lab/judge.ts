import type { ProgramEnd } from "./program-run.ts";

/** How a run ended, in one line for results and messages. */
export interface RunVerdict {
  readonly exitCode?: number;
  readonly durationMs: number;
  readonly changed?: number;
  readonly failed?: number;
  readonly setAside?: readonly string[];
  readonly errors?: readonly string[];
}

export function verdictOf(end: ProgramEnd): RunVerdict {
  const summary = end.events.findLast(({ type }) => type === "summary");
  const errors = [...end.stderr.matchAll(/error\[([\w-]+)\]/g)].flatMap(([, code]) => code ?? []);
  return {
    ...(end.exitCode === undefined ? {} : { exitCode: end.exitCode }),
    durationMs: end.durationMs,
    ...(summary?.counts === undefined
      ? {}
      : { changed: summary.counts.changed ?? -1, failed: summary.counts.failed ?? -1 }),
    ...(summary?.setAside === undefined || summary.setAside.length === 0 ? {} : { setAside: summary.setAside }),
    ...(errors.length === 0 ? {} : { errors: [...new Set(errors)] }),
  };
}

/** What is wrong with a run that should have come to its end; empty when nothing is. */
export function notDone(end: ProgramEnd): string[] {
  if (end.hung) return ["it never ended"];
  return end.exitCode === 0 ? [] : [`it ended with ${end.exitCode}: ${lastWords(end)}`];
}

/** What is wrong with a run that should have found everything as wanted. */
export function notIdle(end: ProgramEnd): string[] {
  const summary = end.events.findLast(({ type }) => type === "summary");
  const { changed, failed, skipped } = summary?.counts ?? {};
  if (end.exitCode === 0 && changed === 0 && failed === 0 && skipped === 0) return [];
  const steps = end.events.filter(({ type, outcome }) => type === "step-finished" && outcome !== "satisfied");
  const names = steps.map(({ step, node, outcome }) => `${step}@${node ?? "cluster"} ${outcome}`);
  return [...notDone(end), `it changed ${changed ?? "?"}: ${names.join(", ")}`];
}

/** What is wrong with a run that was disturbed: it may fail, but not hang, not crash and not without a word. */
export function notClear(end: ProgramEnd, allowed: readonly number[]): string[] {
  if (end.hung) return ["it never ended"];
  const { exitCode, stderr, events } = end;
  const wrong: string[] = [];
  if (exitCode === undefined || !allowed.includes(exitCode)) wrong.push(`it ended with ${exitCode ?? "a signal"}`);
  if (events.at(-1)?.type !== "summary") wrong.push("its last line is no summary");
  if (exitCode !== 0 && !/error\[[\w-]+\]/.test(stderr)) wrong.push("it did not say why");
  if (/error\[bug\]/.test(stderr)) wrong.push("it met what it has no words for");
  if (exitCode === 6 && (events.at(-1)?.setAside ?? []).length === 0) wrong.push("it named no node it set aside");
  return wrong.length === 0 ? [] : [...wrong, lastWords(end)];
}

/** The end of what a run told the operator, with what preflight found where it stopped there. */
export function lastWords({ stderr, events }: ProgramEnd): string {
  const from = stderr.lastIndexOf("error[");
  const found = events.flatMap(({ findings = [] }) => findings.filter(({ severity }) => severity === "error"));
  const words = stderr
    .slice(from < 0 ? -600 : from)
    .trim()
    .slice(0, 900);
  return [
    words,
    ...found.map(({ check, node, message, measured }) => `${check} ${node ?? ""}: ${message} (${measured})`),
  ].join("\n");
}
