import type { Plan } from "../engine/plan.ts";
import { type RunResult, runPlan } from "../engine/run.ts";
import type { Reporter } from "../report/reporter.ts";
import type { Action, Observation } from "../steps/context.ts";
import { contextsFor, type RunGround } from "../steps/contexts.ts";
import type { ConnectedNode } from "../steps/node.ts";
import type { CommandContext } from "./command-context.ts";
import type { CommandEnd } from "./reporters.ts";

/** Steps at once over all nodes; connections have their own limits. */
const concurrency = 64;

export interface ExecuteOptions {
  readonly ground: RunGround;
  readonly plan: Plan<Observation, Action>;
  readonly dryRun: boolean;
  readonly reporter: Reporter;
  readonly context: CommandContext;
}

/** Runs a plan on the connected nodes. Losing a control plane stops the run: without one there is nothing to join. */
export async function executePlan({ ground, plan, dryRun, reporter, context }: ExecuteOptions): Promise<RunResult> {
  return runPlan({
    plan,
    dryRun,
    concurrency,
    contextFor: contextsFor(ground),
    criticalNodes: new Set(controlPlanes(ground).map(({ machine }) => machine.name)),
    emit: (event) => reporter.emit(event),
    signal: context.signal,
    stop: context.stop,
  });
}

function controlPlanes({ nodes }: RunGround): readonly ConnectedNode[] {
  return nodes.filter(({ machine }) => machine.roles.includes("control-plane"));
}

/** How a command ends whose run ended so: a failed step is 1 unless the failure has a code of its own. */
export function commandEnd({ summary, error }: RunResult): CommandEnd {
  const codes = { ok: 0, failed: error?.exitCode ?? 1, partial: 6, interrupted: 130 } as const;
  return { exitCode: codes[summary.outcome], ...(error === undefined ? {} : { error }) };
}
