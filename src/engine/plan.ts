import { InstallerError } from "./errors.ts";
import type { Step } from "./step.ts";

/** A step in its place: on one node, or on the cluster when `node` is absent. */
export interface PlannedStep<O, A extends O> {
  /** `id@node` or `id`; unique in the plan. */
  readonly key: string;
  readonly step: Step<O, A>;
  readonly node?: string;
  /** Keys of the steps that must be done first. */
  readonly needs: readonly string[];
}

export interface Plan<O, A extends O> {
  readonly steps: readonly PlannedStep<O, A>[];
}

/** Which node gets which list of steps; without a node, the steps of the cluster. */
export interface StepList<O, A extends O> {
  readonly node?: string;
  readonly steps: readonly Step<O, A>[];
}

/**
 * Joins the lists into one graph by resolving every `needs`.
 * @throws InstallerError `bug` when two steps share a place or the needs form a circle
 */
export function buildPlan<O, A extends O>(lists: readonly StepList<O, A>[]): Plan<O, A> {
  const placed = lists.flatMap(({ node, steps }) =>
    steps.map((step) => ({
      key: node === undefined ? step.id : `${step.id}@${node}`,
      step,
      ...(node === undefined ? {} : { node }),
    })),
  );
  const byId = groupById(placed);
  const steps = placed.map((entry) => ({
    ...entry,
    needs: (entry.step.needs ?? []).flatMap((id) => {
      const instances = byId.get(id);
      const local = entry.node === undefined ? undefined : instances?.byNode.get(entry.node);
      return local === undefined ? (instances?.keys ?? []) : [local];
    }),
  }));
  const keys = new Set<string>();
  for (const { key } of steps) {
    if (keys.has(key)) throw new InstallerError("bug", { message: `The plan holds ${key} twice.` });
    keys.add(key);
  }
  refuseCircles(steps);
  return { steps };
}

/** Where the instances of each step are. */
function groupById(entries: readonly { key: string; step: { id: string }; node?: string }[]) {
  const groups = new Map<string, { readonly keys: string[]; readonly byNode: Map<string, string> }>();
  for (const { key, step, node } of entries) {
    const group = groups.get(step.id) ?? { keys: [], byNode: new Map<string, string>() };
    groups.set(step.id, group);
    group.keys.push(key);
    if (node !== undefined) group.byNode.set(node, key);
  }
  return groups;
}

function refuseCircles(steps: readonly { key: string; needs: readonly string[] }[]): void {
  const needs = new Map(steps.map((step) => [step.key, step.needs]));
  const done = new Set<string>();
  const visit = (key: string, trail: readonly string[]): void => {
    if (done.has(key)) return;
    if (trail.includes(key)) {
      throw new InstallerError("bug", { message: `Steps wait for each other: ${[...trail, key].join(" → ")}` });
    }
    for (const need of needs.get(key) ?? []) visit(need, [...trail, key]);
    done.add(key);
  };
  for (const { key } of steps) visit(key, []);
}

/**
 * The plan that takes away what the given plan makes: only steps with an `undo`, every arrow turned round.
 */
export function invertPlan<O, A extends O>(plan: Plan<O, A>): Plan<O, A> {
  const dependents = new Map<string, string[]>();
  const byKey = new Map(plan.steps.map((planned) => [planned.key, planned]));
  const undoable = plan.steps.filter((planned) => planned.step.undo !== undefined);
  for (const planned of undoable) {
    for (const need of undoableNeeds(planned, byKey)) {
      const list = dependents.get(need);
      if (list === undefined) dependents.set(need, [planned.key]);
      else list.push(planned.key);
    }
  }
  const steps = undoable.flatMap((planned) => {
    const { undo, id, on, deadline } = planned.step;
    if (undo === undefined) return [];
    const step: Step<O, A> = {
      id,
      on,
      title: undo.title,
      check: (context) => undo.check(context),
      apply: (context) => undo.apply(context),
      ...(deadline === undefined ? {} : { deadline }),
    };
    return [{ ...planned, step, needs: dependents.get(planned.key) ?? [] }];
  });
  return { steps: steps.reverse() };
}

/** The nearest needed steps that can be undone, looking through those that cannot. */
function undoableNeeds<O, A extends O>(
  planned: PlannedStep<O, A>,
  byKey: ReadonlyMap<string, PlannedStep<O, A>>,
  seen = new Set<string>(),
): string[] {
  return planned.needs.flatMap((key) => {
    const need = byKey.get(key);
    if (need === undefined || seen.has(key)) return [];
    seen.add(key);
    return need.step.undo === undefined ? undoableNeeds(need, byKey, seen) : [key];
  });
}
