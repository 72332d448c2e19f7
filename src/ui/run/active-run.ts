import type { RunEvent } from "../../engine/events.ts";
import type { ReviewEntry } from "../../engine/review.ts";
import type { Foreseen, RunRequest } from "../services.ts";
import { modelOfPlan } from "./model-of-plan.ts";
import { printableEvent } from "./printable-event.ts";
import type { RunEnd } from "./run-end.ts";
import type { RunModel } from "./run-model.ts";
import { createStepNumbers } from "./step-numbers.ts";
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
  const { plan, model } = modelOfPlan({ request, foreseen, now });
  const numberOf = createStepNumbers(plan);
  const tree = createTaskTree(plan, model.touch);
  const teller = createTimeTeller(plan);
  return {
    ...{ request, foreseen, plan, model, tree, teller },
    take: (raw) => {
      const event = printableEvent(raw);
      model.apply(event);
      if (!isOfStep(event)) return;
      const number = numberOf(event);
      if (number === undefined) return;
      tree.apply(event, number);
      if (event.type === "step-started") teller.started(number, now() - model.startedAt);
      else teller.ended(number);
    },
  };
}

function isOfStep(event: RunEvent): event is Extract<RunEvent, { readonly type: "step-started" | "step-finished" }> {
  return event.type === "step-started" || event.type === "step-finished";
}
