import type { RunSummary, StepOutcome, StepTiming } from "./events.ts";

const mostSlowest = 5;

/** One step after the run, with what the summary needs of it. */
export interface Finished {
  readonly planned: {
    readonly key: string;
    readonly step: { readonly id: string };
    readonly node?: string;
    readonly needs: readonly string[];
  };
  readonly outcome: StepOutcome;
  readonly durationMs: number;
}

/** Counts, outcome and timings of a run. */
export function summarise(
  finished: readonly Finished[],
  run: { durationMs: number; setAside: readonly string[]; interrupted: boolean; failed: boolean },
): RunSummary {
  const counts: Record<StepOutcome, number> = { satisfied: 0, changed: 0, "would-change": 0, failed: 0, skipped: 0 };
  for (const { outcome } of finished) counts[outcome] += 1;
  return {
    outcome: outcomeOf(run),
    durationMs: run.durationMs,
    counts,
    setAside: run.setAside,
    criticalPath: criticalPath(finished),
    slowest: slowestSteps(finished),
  };
}

/** The steps whose slowest instance took longest; what was skipped took no time and does not count. */
function slowestSteps(finished: readonly Finished[]): readonly StepTiming[] {
  const durations = new Map<string, number[]>();
  for (const { planned, outcome, durationMs } of finished) {
    if (outcome === "skipped") continue;
    const known = durations.get(planned.step.id);
    if (known === undefined) durations.set(planned.step.id, [durationMs]);
    else known.push(durationMs);
  }
  return [...durations]
    .map(([step, times]) => timingOf(step, times))
    .sort((left, right) => right.maxMs - left.maxMs)
    .slice(0, mostSlowest);
}

function timingOf(step: string, times: readonly number[]): StepTiming {
  const sorted = [...times].sort((left, right) => left - right);
  return {
    step,
    instances: sorted.length,
    medianMs: Math.round(sorted[Math.floor((sorted.length - 1) / 2)] ?? 0),
    maxMs: Math.round(sorted.at(-1) ?? 0),
    totalMs: Math.round(sorted.reduce((sum, time) => sum + time, 0)),
  };
}

function outcomeOf(run: { setAside: readonly string[]; interrupted: boolean; failed: boolean }): RunSummary["outcome"] {
  if (run.interrupted) return "interrupted";
  if (run.failed) return "failed";
  return run.setAside.length > 0 ? "partial" : "ok";
}

function criticalPath(finished: readonly Finished[]): RunSummary["criticalPath"] {
  const byKey = new Map(finished.map((entry) => [entry.planned.key, entry]));
  const longest = new Map<string, { total: number; via: string | undefined }>();
  const measure = (key: string): number => {
    const known = longest.get(key);
    if (known !== undefined) return known.total;
    const entry = byKey.get(key);
    if (entry === undefined) return 0;
    let via: string | undefined;
    let before = 0;
    for (const need of entry.planned.needs) {
      const total = measure(need);
      if (total > before) [before, via] = [total, need];
    }
    longest.set(key, { total: before + entry.durationMs, via });
    return before + entry.durationMs;
  };
  for (const key of byKey.keys()) measure(key);
  let key = [...longest].sort(([, a], [, b]) => b.total - a.total)[0]?.[0];
  const path: { step: string; node?: string; durationMs: number }[] = [];
  while (key !== undefined) {
    const entry = byKey.get(key);
    if (entry !== undefined) {
      const { step, node } = entry.planned;
      path.unshift({
        step: step.id,
        ...(node === undefined ? {} : { node }),
        durationMs: Math.round(entry.durationMs),
      });
    }
    key = longest.get(key)?.via;
  }
  return path;
}
