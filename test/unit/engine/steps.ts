import type { RunEvent } from "../../../src/engine/events.ts";
import type { PlannedStep } from "../../../src/engine/plan.ts";
import { type RunOptions, runPlan } from "../../../src/engine/run.ts";
import { missing, type Step, satisfied } from "../../../src/engine/step.ts";

/** What the steps of these tests see: the place they run at. */
export interface Place {
  readonly node: string;
  readonly signal: AbortSignal;
}

export type TestStep = Step<Place, Place>;

/** Remembers which steps were applied where, in order. */
export interface World {
  readonly applied: string[];
  readonly done: Set<string>;
}

export function emptyWorld(): World {
  return { applied: [], done: new Set() };
}

/** A step that is wanted until it has been applied on its node. */
export function onceStep(world: World, id: string, more: Partial<TestStep> = {}): TestStep {
  return {
    id,
    title: `Do ${id}`,
    on: "node",
    check: async ({ node }) => (world.done.has(`${id}@${node}`) ? satisfied("done before") : missing("not there")),
    apply: async ({ node }) => {
      world.applied.push(`${id}@${node}`);
      world.done.add(`${id}@${node}`);
    },
    ...more,
  };
}

/** Runs a plan with plain defaults and collects its events. */
export async function run(
  options: Pick<RunOptions<Place, Place>, "plan"> & Partial<RunOptions<Place, Place>>,
): Promise<Awaited<ReturnType<typeof runPlan>> & { events: RunEvent[] }> {
  const events: RunEvent[] = [];
  const result = await runPlan<Place, Place>({
    contextFor: (planned: PlannedStep<Place, Place>, { signal }) => ({ node: planned.node ?? "cluster", signal }),
    canLose: () => true,
    dryRun: false,
    concurrency: 10,
    emit: (event) => events.push(event),
    signal: new AbortController().signal,
    ...options,
  });
  return { ...result, events };
}
