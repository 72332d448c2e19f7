import type { RunEvent } from "../../engine/events.ts";
import type { ReviewEntry } from "../../engine/review.ts";
import type { Foreseen, RunRequest } from "../services.ts";
import { printableValue } from "../state/printable-value.ts";
import type { RunEnd } from "./run-end.ts";
import { createRunModel, type RunModel } from "./run-model.ts";
import { createTaskTree, type TaskTree } from "./task-tree.ts";
import { createTimeTeller, type TimeTeller } from "./time-teller.ts";

/** A run on the screen, from the moment it is started until another one takes its place. */
export interface ActiveRun {
  readonly request: RunRequest;
  /** What was known before it began. */
  readonly foreseen: Foreseen;
  readonly plan: readonly ReviewEntry[];
  readonly model: RunModel;
  readonly tree: TaskTree;
  readonly teller: TimeTeller;
  readonly take: (event: RunEvent) => void;
  /** The person wants it to end after the running steps. */
  readonly stopping?: boolean;
  /** Present once it is over. */
  readonly end?: RunEnd;
}

export interface ActiveRunOptions extends Pick<ActiveRun, "request" | "foreseen"> {
  readonly now?: () => number;
}

/** Sets up what the run screen looks at; `take` is the sink for the run's events, whatever machines put in them. */
export function activeRun({ request, foreseen, now = () => performance.now() }: ActiveRunOptions): ActiveRun {
  const plan = foreseen.review.entries;
  const roles = new Map(foreseen.nodes.map((node) => [node.name, node.roles]));
  const model = createRunModel({ plan, roles, now });
  const tree = createTaskTree(plan);
  const teller = createTimeTeller(plan, (elapsed) => ({
    outcome: model.outcome,
    runningFor: (key) => model.startedAt + elapsed - (model.startOf(key) ?? model.startedAt + elapsed),
  }));
  return {
    ...{ request, foreseen, plan, model, tree, teller },
    take: (raw) => {
      const event = printableValue(raw);
      tree.apply(event);
      model.apply(event);
    },
  };
}
