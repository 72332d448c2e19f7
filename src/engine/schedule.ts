import type { Plan, PlannedStep } from "./plan.ts";

/** Which steps may start now; every operation costs time in proportion to the arrows it follows, not to the plan. */
export interface Schedule<O, A extends O> {
  /** The next step all of whose needs are met, or undefined when there is none right now. */
  next(): PlannedStep<O, A> | undefined;
  /** The step holds what it should; steps that waited for it come closer. */
  met(step: PlannedStep<O, A>): void;
  /** Gives up the node's steps that have not started; steps elsewhere no longer wait for any step of it. */
  giveUp(node: string): readonly PlannedStep<O, A>[];
  /** Steps that never started, in plan order. */
  left(): readonly PlannedStep<O, A>[];
}

export function createSchedule<O, A extends O>(plan: Plan<O, A>): Schedule<O, A> {
  const waiting = new Map(plan.steps.map((planned) => [planned.key, planned]));
  const unmet = new Map(plan.steps.map((planned) => [planned.key, new Set(planned.needs)]));
  const dependents = new Map<string, PlannedStep<O, A>[]>();
  for (const planned of plan.steps) {
    for (const need of planned.needs) {
      const list = dependents.get(need);
      if (list === undefined) dependents.set(need, [planned]);
      else list.push(planned);
    }
  }
  const ready = plan.steps.filter((planned) => planned.needs.length === 0);

  const release = (key: string, releases: (dependent: PlannedStep<O, A>) => boolean): void => {
    for (const dependent of dependents.get(key) ?? []) {
      const needs = unmet.get(dependent.key);
      if (needs === undefined || !releases(dependent) || !needs.delete(key)) continue;
      if (needs.size === 0) ready.push(dependent);
    }
  };

  return {
    next: () => {
      for (let planned = ready.shift(); planned !== undefined; planned = ready.shift()) {
        if (waiting.delete(planned.key)) return planned;
      }
      return undefined;
    },
    met: (planned) => release(planned.key, () => true),
    giveUp: (node) => {
      const given = [...waiting.values()].filter((planned) => planned.node === node);
      for (const planned of given) waiting.delete(planned.key);
      for (const planned of plan.steps) {
        if (planned.node === node) release(planned.key, (dependent) => dependent.node !== node);
      }
      return given;
    },
    left: () => [...waiting.values()],
  };
}
