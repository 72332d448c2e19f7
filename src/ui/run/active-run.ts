import type { RunEvent } from "../../engine/events.ts";
import type { ReviewEntry } from "../../engine/review.ts";
import type { Foreseen, ForeseenNode, RunRequest } from "../services.ts";
import { printable, printableValue } from "../state/printable-value.ts";
import type { RunEnd } from "./run-end.ts";
import { createRunModel, type RunModel } from "./run-model.ts";
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
  const nodes = foreseen.nodes.filter((node) => isAmong(request.only, node));
  const names = new Set(nodes.map(({ name }) => name));
  const plan = foreseen.review.entries.filter(({ node }) => node === undefined || names.has(node));
  const roles = new Map(nodes.map((node) => [node.name, node.roles]));
  const numberOf = createStepNumbers(plan);
  const model = createRunModel({ plan, roles, now });
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

/** What is told thousands of times a second holds little that a machine has said. */
function printableEvent(event: RunEvent): RunEvent {
  if (event.type === "step-started") return event;
  if (event.type === "step-output") return { ...event, line: printable(event.line) };
  return printableValue(event);
}

/** A run that is limited to some nodes takes the control planes in as well. */
function isAmong(only: readonly string[] | undefined, { name, roles }: ForeseenNode): boolean {
  return only === undefined || only.includes(name) || roles.includes("control-plane");
}
