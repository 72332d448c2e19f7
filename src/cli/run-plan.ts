import type { InstallerError } from "../engine/errors.ts";
import type { RunEvent } from "../engine/events.ts";
import type { Plan } from "../engine/plan.ts";
import { type RunResult, runPlan } from "../engine/run.ts";
import type { Reporter } from "../report/reporter.ts";
import type { Action, Observation } from "../steps/context.ts";
import { contextsFor, type RunGround } from "../steps/contexts.ts";
import { lookOnly } from "../steps/look-only.ts";
import { survives } from "../steps/quorum.ts";
import type { Machine } from "../topology/machine.ts";
import { controlPlaneNames, partialError } from "./absent-nodes.ts";
import type { CommandContext } from "./command-context.ts";
import type { CommandEnd } from "./reporters.ts";

export interface ExecuteOptions {
  readonly ground: RunGround & { readonly machines: readonly Machine[] };
  readonly plan: Plan<Observation, Action>;
  /** Nodes of the plan that are not connected, and why: set aside from the start. */
  readonly absent?: ReadonlyMap<string, InstallerError>;
  readonly dryRun: boolean;
  /** What must be certain before anything changes. */
  readonly sole?: Promise<void>;
  readonly reporter: Reporter;
  readonly context: CommandContext;
}

/**
 * Runs a plan on the connected nodes. A node that is lost is set aside, and no later step looks at it; losing the first
 * control plane, or so many that no majority is left, stops the run.
 */
export async function executePlan(options: ExecuteOptions): Promise<RunResult> {
  const { ground, plan, absent = new Map(), dryRun, reporter, context } = options;
  const setAside = new Set<string>();
  await options.sole;
  const emit = (event: RunEvent): void => {
    if (event.type === "node-set-aside") setAside.add(event.node);
    reporter.emit(event);
  };
  const controlPlanes = controlPlaneNames(ground.machines);
  return runPlan({
    plan,
    absent,
    dryRun,
    concurrency: context.limits.steps,
    contextFor: contextsFor(dryRun ? lookingOnly(ground) : ground, { ...context.limits, setAside }),
    canLose: (nodes) => survives(controlPlanes, nodes),
    emit,
    signal: context.signal,
    stop: context.stop,
  });
}

function lookingOnly(ground: RunGround): RunGround {
  return { ...ground, nodes: ground.nodes.map(lookOnly) };
}

/** How a command ends whose run ended so: a failed step is 1 unless the failure has a code of its own. */
export function commandEnd({ summary, setAside, error }: RunResult): CommandEnd {
  const codes = { ok: 0, failed: error?.exitCode ?? 1, partial: 6, interrupted: 130 } as const;
  if (summary.outcome === "partial") return { exitCode: codes.partial, error: partialError(setAside) };
  return { exitCode: codes[summary.outcome], ...(error === undefined ? {} : { error }) };
}
