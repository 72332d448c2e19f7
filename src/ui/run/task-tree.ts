import { Listr, type ListrTask, ListrTaskEventType, type ListrTaskObject, ListrTaskState } from "listr2";
import type { RunEvent, StepOutcome } from "../../engine/events.ts";
import { type PlannedEntry, placeName } from "./node-progress.ts";
import { createStepNumbers } from "./step-numbers.ts";
import {
  endInstance,
  freshGroup,
  freshLeaf,
  type Group,
  type Leaf,
  startInstance,
  type TaskLine,
  type TaskState,
} from "./task-instances.ts";

/** The plan as a tree of tasks that follows a run; it starts and ends nothing of the run itself. */
export interface TaskTree {
  /** One line per step, in plan order. */
  readonly lines: readonly TaskLine[];
  /** @param number of the step in the plan, when it is known already */
  apply(event: RunEvent, number?: number): void;
  /** Skips what still waits, once the run is over; resolves when every task has come to rest. */
  end(): Promise<void>;
}

/** With more nodes than this the tree has a line per step only; the node panels tell the rest. */
const nodesInTree = 200;

/** Draws nothing: the screen draws the lines. */
class SilentRenderer {
  static readonly nonTTY = true;
  static readonly rendererOptions: never;
  static readonly rendererTaskOptions: never;
  render(): void {}
  end(): void {}
}

type Renderer = typeof SilentRenderer;
type Task = ListrTask<unknown, Renderer, Renderer>;

/**
 * Makes the tree of a plan; listr2 carries the tasks, and what it says of them becomes the state of the lines, a little
 * after the events that led to it: `changed` is told then.
 */
export function createTaskTree(plan: readonly PlannedEntry[], changed: () => void = () => undefined): TaskTree {
  const perNode = new Set(plan.map(placeName)).size <= nodesInTree;
  const numberOf = createStepNumbers(plan);
  const counts = new Map<string, number>();
  for (const { step } of plan) counts.set(step, (counts.get(step) ?? 0) + 1);
  const groups = new Map<string, Group>();
  const groupOf: Group[] = [];
  const leafOf: Leaf[] = [];
  const hasEnded = new Uint8Array(plan.length);
  for (const entry of plan) {
    const group = groups.get(entry.step) ?? freshGroup(entry.step, entry.title, counts.get(entry.step) ?? 0);
    groups.set(entry.step, group);
    groupOf.push(group);
    if (!perNode) continue;
    const leaf = freshLeaf(entry.key, placeName(entry));
    leafOf.push(leaf);
    group.leaves.push(leaf);
    group.line.children.push(leaf.line);
  }
  const end = (number: number, outcome: StepOutcome): void => {
    const group = groupOf[number];
    if (group === undefined || hasEnded[number] === 1) return;
    hasEnded[number] = 1;
    endInstance(group, leafOf[number], outcome);
  };
  const list = new Listr<unknown, Renderer, Renderer>(
    [...groups.values()].map((group) => (perNode ? taskOfLeaves(group) : taskOfGroup(group))),
    { concurrent: true, exitOnError: false, registerSignalListeners: false, renderer: SilentRenderer },
  );
  for (const [index, group] of [...groups.values()].entries()) {
    const task = list.tasks[index];
    if (task !== undefined) watch(task, group, changed);
  }
  const rest = list.run();
  return {
    lines: [...groups.values()].map(({ line }) => line),
    apply: (event, known) => {
      if (event.type !== "step-started" && event.type !== "step-finished") return;
      const number = known ?? numberOf(event);
      const group = number === undefined ? undefined : groupOf[number];
      if (number === undefined || group === undefined) return;
      if (event.type === "step-finished") end(number, event.outcome);
      else startInstance(group, leafOf[number]);
    },
    end: async () => {
      for (const number of groupOf.keys()) end(number, "skipped");
      await rest;
    },
  };
}

function taskOfLeaves({ line, leaves }: Group): Task {
  return {
    title: line.title,
    task: (_, task) =>
      task.newListr(
        leaves.map((leaf) => taskOfLeaf(leaf, line.title)),
        { concurrent: true, exitOnError: false },
      ),
  };
}

function taskOfLeaf({ line, ended }: Leaf, step: string): Task {
  return {
    title: line.title,
    task: async (_, task) => {
      const outcome = await ended;
      if (outcome === "failed") throw new Error(`${step} on ${line.title}`);
      if (outcome === "skipped") task.skip();
    },
  };
}

function taskOfGroup(group: Group): Task {
  const { line, ended } = group;
  return {
    title: line.title,
    task: async (_, task) => {
      await ended;
      if (line.state === "failed") throw new Error(line.title);
      if (group.skipped === line.instances) task.skip();
    },
  };
}

const ends: Partial<Record<ListrTaskState, TaskState>> = {
  [ListrTaskState.COMPLETED]: "done",
  [ListrTaskState.FAILED]: "failed",
  [ListrTaskState.SKIPPED]: "skipped",
};

function watch(
  task: ListrTaskObject<unknown, Renderer, Renderer>,
  { line: group, leaves }: Group,
  changed: () => void,
): void {
  task.on(ListrTaskEventType.STATE, (state) => {
    const end = ends[state];
    if (end === undefined || group.state === "failed") return;
    const [first] = group.children;
    group.state = end === "done" && first?.state === "skipped" && group.children.every(isSkipped) ? "skipped" : end;
    changed();
  });
  task.on(ListrTaskEventType.SUBTASK, (subtasks) => {
    for (const [index, subtask] of subtasks.entries()) {
      const line = leaves[index]?.line;
      subtask.on(ListrTaskEventType.STATE, (state) => {
        const end = ends[state];
        if (end === undefined || line === undefined) return;
        line.state = end;
        if (end === "failed") group.state = "failed";
        changed();
      });
    }
  });
}

function isSkipped({ state }: TaskLine): boolean {
  return state === "skipped";
}
