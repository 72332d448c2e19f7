import type { ReviewEntry } from "../../engine/review.ts";
import type { Foreseen, ForeseenNode, RunRequest } from "../services.ts";
import { createRunModel, type RunModel } from "./run-model.ts";

export interface PlannedRun {
  readonly request: RunRequest;
  readonly foreseen: Foreseen;
  /** Milliseconds that only go forward. */
  readonly now: () => number;
}

/** What a run is foreseen to do, on those nodes it is limited to, and how far it is. */
export function modelOfPlan({ request, foreseen, now }: PlannedRun): {
  readonly plan: readonly ReviewEntry[];
  readonly model: RunModel;
} {
  const nodes = foreseen.nodes.filter((node) => isAmong(request.only, node));
  const names = new Set(nodes.map(({ name }) => name));
  const plan = foreseen.review.entries.filter(({ node }) => node === undefined || names.has(node));
  const roles = new Map(nodes.map((node) => [node.name, node.roles]));
  return { plan, model: createRunModel({ plan, roles, now }) };
}

/** A run that is limited to some nodes takes the control planes in as well. */
function isAmong(only: readonly string[] | undefined, { name, roles }: ForeseenNode): boolean {
  return only === undefined || only.includes(name) || roles.includes("control-plane");
}
