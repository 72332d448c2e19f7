import type { Plan, PlannedStep } from "./plan.ts";
import { createPriorityQueue, type PriorityQueue } from "./priority-queue.ts";

/** Which steps may start now; every operation costs time in proportion to the arrows it follows, not to the plan. */
export interface Schedule<O, A extends O> {
  /**
   * The next step all of whose needs are met and whose `oneAtATime` group is free, or undefined when there is none right
   * now. Steps with the longest chain of others behind them come first, because these decide how long the run takes.
   */
  next(): PlannedStep<O, A> | undefined;
  /** The step runs no more, however it ended: the next of its `oneAtATime` group may start. */
  ended(step: PlannedStep<O, A>): void;
  /** The step holds what it should; steps that waited for it come closer. */
  met(step: PlannedStep<O, A>): void;
  /** A step that ended is to run once more, in its turn. */
  again(step: PlannedStep<O, A>): void;
  /** Gives up the node's steps that have not started; steps elsewhere no longer wait for any step of it. */
  giveUp(node: string): readonly PlannedStep<O, A>[];
  /** Steps that never started, in plan order. */
  left(): readonly PlannedStep<O, A>[];
}

/** Steps of which only one may run; `held` are those that could start otherwise. */
interface Group<T> {
  isRunning: boolean;
  readonly held: PriorityQueue<T>;
}

export function createSchedule<O, A extends O>(plan: Plan<O, A>): Schedule<O, A> {
  const waiting = new Map(plan.steps.map((planned) => [planned.key, planned]));
  const repeated = new Set<string>();
  const isWanted = ({ key }: PlannedStep<O, A>): boolean => waiting.has(key) || repeated.has(key);
  const unmet = new Map(plan.steps.map((planned) => [planned.key, new Set(planned.needs)]));
  const dependents = dependentsIn(plan);
  const behind = stepsBehind(plan, dependents);
  const byNode = new Map<string, PlannedStep<O, A>[]>();
  for (const planned of plan.steps) if (planned.node !== undefined) append(byNode, planned.node, planned);

  const ready = createPriorityQueue<PlannedStep<O, A>>();
  const urgencyOf = ({ key }: PlannedStep<O, A>): number => behind.get(key) ?? 0;
  const makeReady = (planned: PlannedStep<O, A>): void => ready.put(planned, urgencyOf(planned));
  const groups = new Map<string, Group<PlannedStep<O, A>>>();
  const groupOf = ({ step: { oneAtATime: name } }: PlannedStep<O, A>): Group<PlannedStep<O, A>> | undefined => {
    if (name === undefined) return undefined;
    const group = groups.get(name) ?? { isRunning: false, held: createPriorityQueue() };
    groups.set(name, group);
    return group;
  };
  const letNextGo = ({ isRunning, held }: Group<PlannedStep<O, A>>): void => {
    if (isRunning) return;
    let planned = held.take();
    while (planned !== undefined && !isWanted(planned)) planned = held.take();
    if (planned !== undefined) makeReady(planned);
  };

  const release = (key: string, releases: (dependent: PlannedStep<O, A>) => boolean): void => {
    for (const dependent of dependents.get(key) ?? []) {
      const needs = unmet.get(dependent.key);
      if (needs === undefined || !releases(dependent) || !needs.delete(key)) continue;
      if (needs.size === 0) makeReady(dependent);
    }
  };
  for (const planned of plan.steps) if (planned.needs.length === 0) makeReady(planned);

  return {
    next: () => {
      for (let planned = ready.take(); planned !== undefined; planned = ready.take()) {
        const group = groupOf(planned);
        if (!isWanted(planned)) {
          if (group !== undefined) letNextGo(group);
        } else if (group?.isRunning === true) {
          group.held.put(planned, urgencyOf(planned));
        } else {
          if (group !== undefined) group.isRunning = true;
          waiting.delete(planned.key);
          repeated.delete(planned.key);
          return planned;
        }
      }
      return undefined;
    },
    ended: (planned) => {
      const group = groupOf(planned);
      if (group === undefined) return;
      group.isRunning = false;
      letNextGo(group);
    },
    met: (planned) => release(planned.key, () => true),
    again: (planned) => {
      repeated.add(planned.key);
      makeReady(planned);
    },
    giveUp: (node) => {
      const own = byNode.get(node) ?? [];
      const given = own.filter(({ key }) => waiting.delete(key));
      for (const { key } of own) repeated.delete(key);
      for (const { key } of own) release(key, (dependent) => dependent.node !== node);
      return given;
    },
    left: () => [...waiting.values()],
  };
}

function dependentsIn<O, A extends O>(plan: Plan<O, A>): ReadonlyMap<string, readonly PlannedStep<O, A>[]> {
  const dependents = new Map<string, PlannedStep<O, A>[]>();
  for (const planned of plan.steps) for (const need of planned.needs) append(dependents, need, planned);
  return dependents;
}

/** For each step, how many steps the longest chain behind it has. */
function stepsBehind<O, A extends O>(
  plan: Plan<O, A>,
  dependents: ReadonlyMap<string, readonly PlannedStep<O, A>[]>,
): ReadonlyMap<string, number> {
  const behind = new Map<string, number>();
  const measure = (key: string): number => {
    const known = behind.get(key);
    if (known !== undefined) return known;
    let longest = 0;
    for (const dependent of dependents.get(key) ?? []) longest = Math.max(longest, 1 + measure(dependent.key));
    behind.set(key, longest);
    return longest;
  };
  for (const { key } of plan.steps) measure(key);
  return behind;
}

function append<T>(lists: Map<string, T[]>, name: string, entry: T): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [entry]);
  else list.push(entry);
}
