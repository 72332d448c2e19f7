import { rm } from "node:fs/promises";
import { kubeconfigPath } from "../kubernetes/kubeconfig-path.ts";
import type { ClusterWish } from "../preset/cluster-spec.ts";
import type { Reporter } from "../report/reporter.ts";
import { planDestroy } from "../steps/plans.ts";
import { releaseMachines } from "../topology/provide.ts";
import { openSession } from "./cluster-session.ts";
import type { CommandContext } from "./command-context.ts";
import { joinAbsent } from "./connect-nodes.ts";
import { noteStory } from "./note-story.ts";
import type { CommandEnd } from "./reporters.ts";
import { runAlone } from "./run-alone.ts";
import { commandEnd, executePlan } from "./run-plan.ts";

export interface TakeAwayOptions {
  readonly preset?: string | undefined;
  readonly dryRun: boolean;
  readonly breakLock: boolean;
  /** What is said about an interrupted run before it. */
  readonly story?: string | undefined;
  readonly reporter: Reporter;
  readonly context: CommandContext;
}

/** Takes the cluster away and leaves each node as it was found; machines that were made for it go with it. */
export async function takeAway(spec: ClusterWish, options: TakeAwayOptions): Promise<CommandEnd> {
  const { context, dryRun, story } = options;
  if (spec.topology.kind === "lab") return releaseLab(spec, dryRun, context);
  const session = await openSession(spec, context);
  try {
    const unusable = joinAbsent(session.absent, session.nodes.length + session.absent.length);
    if (unusable !== undefined) throw unusable;
    const plan = planDestroy(session.nodes.map(({ machine }) => machine));
    return await runAlone({ ...options, command: "destroy", session }, async (tools) => {
      noteStory(story, tools.reporter);
      return commandEnd(await executePlan({ ground: session, plan, dryRun, ...tools }));
    });
  } finally {
    await session.close();
  }
}

/** Nothing on machines that go needs to be taken back. */
async function releaseLab(spec: ClusterWish, dryRun: boolean, { inform, signal }: CommandContext): Promise<CommandEnd> {
  if (dryRun) {
    inform(`would take away the lab of the cluster ${spec.name} with all its nodes`);
    return { exitCode: 0 };
  }
  await releaseMachines(spec, { signal, progress: inform });
  await rm(kubeconfigPath(spec), { force: true });
  return { exitCode: 0 };
}
