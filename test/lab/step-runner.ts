import { openSession, presetFrom } from "../../src/cli/cluster-session.ts";
import type { StepOutcome } from "../../src/engine/events.ts";
import { defaultLimits } from "../../src/engine/limits.ts";
import { buildPlan, invertPlan } from "../../src/engine/plan.ts";
import { runPlan } from "../../src/engine/run.ts";
import type { ClusterWish } from "../../src/preset/cluster-spec.ts";
import type { ClusterStep } from "../../src/steps/context.ts";
import { contextsFor } from "../../src/steps/contexts.ts";

/** How each step ended, by `id@node`, and what it said. */
export interface StepResults {
  readonly outcomes: Readonly<Record<string, StepOutcome>>;
  readonly messages: Readonly<Record<string, string>>;
}

interface PerformOptions {
  readonly on?: readonly string[];
  readonly dryRun?: boolean;
  readonly undo?: boolean;
  readonly onOutput?: (line: string) => void;
}

/** Logs in to the nodes of a preset and runs steps on all of them, without the rest of an install. */
export async function stepRunner(preset: string, change: (spec: ClusterWish) => ClusterWish = (spec) => spec) {
  const { signal } = new AbortController();
  const context = {
    signal,
    stop: signal,
    interactive: false,
    limits: defaultLimits,
    print: () => {},
    inform: () => {},
  };
  const session = await openSession(change(await presetFrom(preset, context)), context);
  const names = session.nodes.map(({ machine }) => machine.name);

  const perform = async (
    steps: readonly ClusterStep[],
    { on = names, dryRun = false, undo = false, onOutput = () => {} }: PerformOptions = {},
  ): Promise<StepResults> => {
    const plan = buildPlan(on.map((node) => ({ node, steps })));
    const outcomes: Record<string, StepOutcome> = {};
    const messages: Record<string, string> = {};
    await runPlan({
      plan: undo ? invertPlan(plan) : plan,
      contextFor: contextsFor(session),
      canLose: () => true,
      dryRun,
      concurrency: 64,
      signal,
      emit: (event) => {
        if (event.type === "step-output") onOutput(event.line);
        if (event.type !== "step-finished") return;
        outcomes[`${event.step}@${event.node}`] = event.outcome;
        messages[`${event.step}@${event.node}`] = [event.message, event.error?.output ?? ""].join("\n").trim();
      },
    });
    return { outcomes, messages };
  };
  return { session, perform, close: () => session.close() };
}

/** The steps that ended so, in order of their names. */
export function ended({ outcomes }: StepResults, ...wanted: readonly StepOutcome[]): string[] {
  return Object.keys(outcomes)
    .filter((key) => wanted.some((outcome) => outcome === outcomes[key]))
    .sort();
}
