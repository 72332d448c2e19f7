import type { ErrorReport, RunEvent } from "./events.ts";
import type { PlannedStep } from "./plan.ts";
import type { Step } from "./step.ts";

/**
 * What a step would do: make something, alter something, one of both with a reason to think twice, or nothing; `unknown`
 * when it could not be looked at.
 */
export const entryKinds = ["create", "change", "danger", "satisfied", "unknown"] as const;
export type EntryKind = (typeof entryKinds)[number];

/** One step of a plan with what its check saw. */
export interface ReviewEntry {
  /** `id@node` or `id`; unique in the plan. */
  readonly key: string;
  readonly step: string;
  readonly title: string;
  /** Absent for a step on the cluster. */
  readonly node?: string;
  readonly kind: EntryKind;
  /** What the check saw, or why it saw nothing. */
  readonly saw: string;
  /** Why an operator should think twice; with the kind `danger` only. */
  readonly danger?: string;
  /** Why it could not be looked at, when its check failed. */
  readonly error?: ErrorReport;
  /** Keys of the steps that must be done first. */
  readonly needs: readonly string[];
}

/** What a plan would change, before anything does; every way of showing a plan is made from this. */
export interface Review {
  /** In the order of the plan. */
  readonly entries: readonly ReviewEntry[];
  readonly counts: Readonly<Record<EntryKind, number>>;
}

/** A plan whose steps are only named, not run. */
interface NamedPlan {
  readonly steps: readonly (Pick<PlannedStep<never, never>, "key" | "node" | "needs"> & {
    readonly step: Pick<Step<never, never>, "id" | "title">;
  })[];
}

/** Joins a plan with the events of its dry run. A step the run did not come to is `unknown`. */
export function reviewPlan(plan: NamedPlan, events: readonly RunEvent[]): Review {
  const finished = new Map<string, StepFinished>();
  const setAside = new Map<string, ErrorReport>();
  for (const event of events) {
    if (event.type === "step-finished") finished.set(keyOf(event), event);
    if (event.type === "node-set-aside") setAside.set(event.node, event.error);
  }
  return review(
    plan.steps.map(({ key, step, node, needs }) => ({
      key,
      step: step.id,
      title: step.title,
      ...(node === undefined ? {} : { node }),
      ...judgement(finished.get(key), node === undefined ? undefined : setAside.get(node)),
      needs,
    })),
  );
}

/** Counts entries, whoever made them. */
export function review(entries: readonly ReviewEntry[]): Review {
  const counts = { create: 0, change: 0, danger: 0, satisfied: 0, unknown: 0 };
  for (const { kind } of entries) counts[kind] += 1;
  return { entries, counts };
}

/** How many steps would change something. */
export function changesIn({ counts }: Review): number {
  return counts.create + counts.change + counts.danger;
}

/** What was seen at several entries when it is the same for all, so that it need be said only once. */
export function commonReason(entries: readonly ReviewEntry[]): string | undefined {
  const [first, second] = entries;
  if (first === undefined || second === undefined || first.saw === "") return undefined;
  return entries.every(({ saw, danger }) => saw === first.saw && danger === undefined) ? first.saw : undefined;
}

type StepFinished = Extract<RunEvent, { type: "step-finished" }>;

function keyOf({ step, node }: StepFinished): string {
  return node === undefined ? step : `${step}@${node}`;
}

function judgement(
  event: StepFinished | undefined,
  loss: ErrorReport | undefined,
): Pick<ReviewEntry, "kind" | "saw" | "danger" | "error"> {
  if (event === undefined) return { kind: "unknown", saw: "it was not looked at" };
  const { outcome, message: saw, kind = "change", danger, error } = event;
  switch (outcome) {
    case "satisfied":
      return { kind: "satisfied", saw };
    case "changed":
    case "would-change":
      return danger === undefined ? { kind, saw } : { kind: "danger", saw, danger };
    case "failed":
      return { kind: "unknown", saw, ...(error === undefined ? {} : { error }) };
    case "skipped":
      return { kind: "unknown", saw: loss === undefined ? saw : `${saw}: ${loss.message}` };
  }
}
