import type { RunEvent } from "../../engine/events.ts";
import type { ReviewEntry } from "../../engine/review.ts";
import type { Foreseen, RunRequest } from "../services.ts";
import type { RunEnd } from "./run-end.ts";
import { createRunModel, type RunModel } from "./run-model.ts";
import { createTaskTree, type TaskTree } from "./task-tree.ts";
import type { StepHistory } from "./time-left.ts";

/** A run on the screen, from the moment it is started until another one takes its place. */
export interface ActiveRun {
  readonly request: RunRequest;
  /** What was known before it began. */
  readonly foreseen: Foreseen;
  readonly plan: readonly ReviewEntry[];
  readonly history: StepHistory;
  readonly model: RunModel;
  readonly tree: TaskTree;
  readonly take: (event: RunEvent) => void;
  /** Present once it is over. */
  readonly end?: RunEnd;
}

export interface ActiveRunOptions extends Pick<ActiveRun, "request" | "foreseen" | "history"> {
  readonly now?: () => number;
}

/** Sets up what the run screen looks at; `take` is the sink for the run's events. */
export function activeRun(options: ActiveRunOptions): ActiveRun {
  const { foreseen, now = () => performance.now(), ...rest } = options;
  const plan = foreseen.review.entries;
  const roles = new Map(foreseen.nodes.map((node) => [node.name, node.roles]));
  const model = createRunModel({ plan, roles, now });
  const tree = createTaskTree(plan);
  return {
    ...rest,
    foreseen,
    plan,
    model,
    tree,
    take: (event) => {
      tree.apply(event);
      model.apply(event);
    },
  };
}
