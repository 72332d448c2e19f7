import { Listr, type ListrTask, ListrTaskEventType, type ListrTaskObject, ListrTaskState } from "listr2";
import type { RunEvent, StepOutcome } from "../../engine/events.ts";
import { type PlannedEntry, placeName } from "./node-progress.ts";
import { keyOfStep } from "./step-keys.ts";

export type TaskState = "waiting" | "running" | "done" | "failed" | "skipped";

/** One line of the task tree: a step, or below it the step on one node. It changes in place. */
export interface TaskLine {
  readonly id: string;
  readonly title: string;
  state: TaskState;
  /** How many of the step's instances have ended, and how many there are. */
  ended: number;
  readonly instances: number;
  readonly children: TaskLine[];
}

/** The plan as a tree of tasks that follows a run; it starts and ends nothing of the run itself. */
export interface TaskTree {
  /** One line per step, in plan order. */
  readonly lines: readonly TaskLine[];
  /** @param key of the step the event is about, when it is known already */
  apply(event: RunEvent, key?: string): void;
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

/** One instance of a step; its task ends when the run says so. */
interface Instance {
  readonly line: TaskLine;
  readonly group: TaskLine;
  readonly ended: Promise<StepOutcome>;
  end(outcome: StepOutcome): void;
}

/**
 * Makes the tree of a plan; listr2 carries the tasks, and what it says of them becomes the state of the lines, a little
 * after the events that led to it: `changed` is told then.
 */
export function createTaskTree(plan: readonly PlannedEntry[], changed: () => void = () => undefined): TaskTree {
  const perNode = new Set(plan.map(placeName)).size <= nodesInTree;
  const counts = new Map<string, number>();
  for (const { step } of plan) counts.set(step, (counts.get(step) ?? 0) + 1);
  const groups = new Map<string, { line: TaskLine; instances: Instance[] }>();
  const byKey = new Map<string, Instance>();
  for (const entry of plan) {
    const group = groups.get(entry.step) ?? {
      line: freshLine(entry.step, entry.title, counts.get(entry.step) ?? 0),
      instances: [],
    };
    groups.set(entry.step, group);
    const instance = follow(entry, group.line);
    group.instances.push(instance);
    if (perNode) group.line.children.push(instance.line);
    byKey.set(entry.key, instance);
  }
  const list = new Listr<unknown, Renderer, Renderer>(
    [...groups.values()].map(({ line, instances }) =>
      perNode ? taskOfAll(line, instances) : taskOfStep(line, instances),
    ),
    { concurrent: true, exitOnError: false, registerSignalListeners: false, renderer: SilentRenderer },
  );
  for (const [index, { line, instances }] of [...groups.values()].entries()) {
    const task = list.tasks[index];
    if (task !== undefined) watch(task, { line, instances }, changed);
  }
  const rest = list.run();
  return {
    lines: [...groups.values()].map(({ line }) => line),
    apply: (event, key) => {
      if (event.type !== "step-started" && event.type !== "step-finished") return;
      const instance = byKey.get(key ?? keyOfStep(event));
      if (instance === undefined) return;
      if (event.type === "step-finished") return instance.end(event.outcome);
      instance.line.state = "running";
      if (instance.group.state === "waiting") instance.group.state = "running";
    },
    end: async () => {
      for (const instance of byKey.values()) instance.end("skipped");
      await rest;
    },
  };
}

function freshLine(id: string, title: string, instances: number): TaskLine {
  return { id, title, state: "waiting", ended: 0, instances, children: [] };
}

function follow(entry: PlannedEntry, group: TaskLine): Instance {
  const line = freshLine(entry.key, placeName(entry), 1);
  let settle: (outcome: StepOutcome) => void = () => undefined;
  const ended = new Promise<StepOutcome>((resolve) => {
    settle = resolve;
  });
  const end = (outcome: StepOutcome): void => {
    if (line.ended === 1) return;
    line.ended = 1;
    group.ended += 1;
    if (group.state === "waiting") group.state = "running";
    line.state = outcome === "failed" || outcome === "skipped" ? outcome : "done";
    if (outcome === "failed") group.state = "failed";
    settle(outcome);
  };
  return { line, group, ended, end };
}

function taskOfAll({ title }: TaskLine, instances: readonly Instance[]): Task {
  return {
    title,
    task: (_, task) =>
      task.newListr(
        instances.map(
          ({ line, ended }): Task => ({
            title: line.title,
            task: async (_context, leaf) => {
              const outcome = await ended;
              if (outcome === "failed") throw new Error(`${title} on ${line.title}`);
              if (outcome === "skipped") leaf.skip();
            },
          }),
        ),
        { concurrent: true, exitOnError: false },
      ),
  };
}

function taskOfStep({ title }: TaskLine, instances: readonly Instance[]): Task {
  return {
    title,
    task: async (_, task) => {
      const outcomes = await Promise.all(instances.map(({ ended }) => ended));
      if (outcomes.includes("failed")) throw new Error(title);
      if (outcomes.every((outcome) => outcome === "skipped")) task.skip();
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
  { line: group, instances }: { readonly line: TaskLine; readonly instances: readonly Instance[] },
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
      const line = instances[index]?.line;
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
