import type { ClusterWish } from "../preset/cluster-spec.ts";
import type { Reporter } from "../report/reporter.ts";
import { planInstall } from "../steps/plans.ts";
import { chooseWayOn } from "./choose-way-on.ts";
import { openSession } from "./cluster-session.ts";
import type { CommandContext } from "./command-context.ts";
import { noteStory } from "./note-story.ts";
import { passPreflight } from "./pass-preflight.ts";
import { refuseUnmade } from "./refuse-unmade.ts";
import type { CommandEnd } from "./reporters.ts";
import { runAlone } from "./run-alone.ts";
import { commandEnd, executePlan } from "./run-plan.ts";
import { showCluster } from "./show-cluster.ts";
import { startOver } from "./start-over.ts";

export interface InstallClusterOptions {
  /** The file the preset was read from. */
  readonly preset: string | undefined;
  /** Names of the nodes the run is limited to. */
  readonly only?: readonly string[] | undefined;
  readonly dryRun: boolean;
  readonly breakLock: boolean;
  readonly requireAllNodes: boolean;
  /** What to do about an interrupted run, without asking. */
  readonly decided: "resume" | "start-over" | undefined;
  readonly reporter: Reporter;
  /** Where the finished cluster is shown. */
  readonly print: (line: string) => void;
  readonly context: CommandContext;
}

/** Brings the preset's machines to the cluster it describes; what already holds is left alone. */
export async function installCluster(spec: ClusterWish, options: InstallClusterOptions): Promise<CommandEnd> {
  const { preset, only, dryRun, breakLock, requireAllNodes, decided, reporter, print, context } = options;
  if (dryRun) await refuseUnmade(spec);
  const way = await chooseWayOn(
    spec,
    { command: "install", preset, dryRun, limited: only !== undefined, decided },
    context,
  );
  if (way.startOver) {
    const end = await startOver(spec, { preset, dryRun, breakLock, story: way.story, reporter, context });
    if (end.exitCode !== 0) return end;
  }
  const session = await openSession(spec, context, only);
  const alone = { command: "install", preset, session, dryRun, breakLock, reporter, context };
  try {
    return await runAlone(alone, async (tools) => {
      if (!way.startOver) noteStory(way.story, tools.reporter);
      const absent = await passPreflight(session, { ...tools, dryRun, requireAllNodes });
      const plan = planInstall(session.machines);
      const result = await executePlan({ ground: session, plan, absent, dryRun, ...tools });
      if (result.summary.outcome === "ok" && !dryRun) await showCluster(session, result.summary, { print, ...tools });
      return commandEnd(result);
    });
  } finally {
    await session.close();
  }
}
