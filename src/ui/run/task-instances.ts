import type { StepOutcome } from "../../engine/events.ts";

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

/** A step, which has ended once it has ended everywhere. */
export interface Group {
  readonly line: TaskLine;
  /** The instances that have lines of their own. */
  readonly leaves: Leaf[];
  readonly ended: Promise<void>;
  readonly settle: () => void;
  skipped: number;
}

/** The line of one instance of a step; its task ends when the run says so. */
export interface Leaf {
  readonly line: TaskLine;
  readonly ended: Promise<StepOutcome>;
  readonly settle: (outcome: StepOutcome) => void;
}

export function freshGroup(id: string, title: string, instances: number): Group {
  const { promise: ended, resolve: settle } = deferred<void>();
  return { line: freshLine(id, title, instances), leaves: [], ended, settle, skipped: 0 };
}

export function freshLeaf(id: string, title: string): Leaf {
  const { promise: ended, resolve: settle } = deferred<StepOutcome>();
  return { line: freshLine(id, title, 1), ended, settle };
}

export function startInstance({ line }: Group, leaf: Leaf | undefined): void {
  if (leaf !== undefined) leaf.line.state = "running";
  if (line.state === "waiting") line.state = "running";
}

/** Each instance ends once. */
export function endInstance(group: Group, leaf: Leaf | undefined, outcome: StepOutcome): void {
  const { line } = group;
  line.ended += 1;
  if (line.state === "waiting") line.state = "running";
  if (outcome === "failed") line.state = "failed";
  if (outcome === "skipped") group.skipped += 1;
  if (leaf !== undefined) {
    leaf.line.ended = 1;
    leaf.line.state = outcome === "failed" || outcome === "skipped" ? outcome : "done";
    leaf.settle(outcome);
  }
  if (line.ended === line.instances) group.settle();
}

function freshLine(id: string, title: string, instances: number): TaskLine {
  return { id, title, state: "waiting", ended: 0, instances, children: [] };
}

function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let settle: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    settle = resolve;
  });
  return { promise, resolve: settle };
}
