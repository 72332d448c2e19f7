import type { InstallerError } from "../engine/errors.ts";
import type { RunEvent } from "../engine/events.ts";
import type { Plan } from "../engine/plan.ts";
import { type RunResult, runPlan } from "../engine/run.ts";
import type { Reporter } from "../report/reporter.ts";
import type { Action, Observation } from "../steps/context.ts";
import { contextsFor, type RunGround } from "../steps/contexts.ts";
import type { CommandContext } from "./command-context.ts";

/** Steps at once over all nodes; connections have their own limits. */
const concurrency = 64;

export interface ExecuteOptions {
  readonly ground: RunGround;
  readonly plan: Plan<Observation, Action>;
  readonly dryRun: boolean;
  readonly reporters: readonly Reporter[];
  readonly context: CommandContext;
}

/** Runs a plan on the connected nodes; every event goes to every reporter. */
export async function executePlan({ ground, plan, dryRun, reporters, context }: ExecuteOptions): Promise<RunResult> {
  return runPlan({
    plan,
    dryRun,
    concurrency,
    contextFor: contextsFor(ground),
    criticalNodes: criticalNodes(ground),
    emit: (event: RunEvent) => {
      for (const reporter of reporters) reporter.emit(event);
    },
    signal: context.signal,
    stop: context.stop,
  });
}

/** Without a control plane there is nothing to join: losing one stops the run. */
function criticalNodes({ nodes }: RunGround): ReadonlySet<string> {
  return new Set(
    nodes.filter(({ machine }) => machine.roles.includes("control-plane")).map(({ machine }) => machine.name),
  );
}

/** The exit code a finished run leads to. */
export function exitCodeOf({ summary, error }: RunResult): number {
  const codes = { ok: 0, failed: 1, partial: 6, interrupted: 130 } as const;
  return summary.outcome === "failed" ? failedExitCode(error) : codes[summary.outcome];
}

/** A lost connection or a refused login keeps its own code; every other failure of a step is 1. */
function failedExitCode(error: InstallerError | undefined): number {
  return error !== undefined && error.exitCode !== 0 ? error.exitCode : 1;
}
