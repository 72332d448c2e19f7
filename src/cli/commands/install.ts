import { InstallerError } from "../../engine/errors.ts";
import { planInstall } from "../../steps/plans.ts";
import { chooseWayOn } from "../choose-way-on.ts";
import { openSession, presetFrom } from "../cluster-session.ts";
import type { CommandContext } from "../command-context.ts";
import { withJunitFile } from "../junit-file.ts";
import { noteStory } from "../note-story.ts";
import { passPreflight } from "../pass-preflight.ts";
import { refuseUnmade } from "../refuse-unmade.ts";
import { type OutputOptions, withReporters } from "../reporters.ts";
import { runAlone } from "../run-alone.ts";
import { commandEnd, executePlan } from "../run-plan.ts";
import { showCluster } from "../show-cluster.ts";
import { startOver } from "../start-over.ts";

export interface InstallOptions extends OutputOptions {
  readonly preset?: string;
  readonly dryRun?: boolean;
  readonly breakLock?: boolean;
  /** Names of the nodes the run is limited to. */
  readonly nodes?: readonly string[];
  readonly requireAllNodes?: boolean;
  /** What to do about an interrupted run, without asking. */
  readonly resume?: boolean;
  readonly startOver?: boolean;
  /** A file that gets what preflight finds as JUnit. */
  readonly junit?: string;
}

/** `kube-installer install`: brings the preset's machines to the cluster it describes; what already holds is left alone. */
export async function run(options: InstallOptions, context: CommandContext): Promise<number> {
  const { preset, dryRun = false, breakLock = false, requireAllNodes = false } = options;
  const decided = options.startOver === true ? "start-over" : options.resume === true ? "resume" : undefined;
  const print = options.output === "plain" ? context.print : context.inform;
  return withReporters(options, context, async (reporter) => {
    const spec = await presetFrom(preset, context);
    if (dryRun) await refuseUnmade(spec);
    const limited = options.nodes !== undefined;
    const way = await chooseWayOn(spec, { command: "install", preset, dryRun, limited, decided }, context);
    if (way.startOver) {
      const end = await startOver(spec, { preset, dryRun, breakLock, story: way.story, reporter, context });
      if (end.exitCode !== 0) return end;
    }
    const session = await openSession(spec, context, options.nodes);
    const reported = withJunitFile(reporter, { file: options.junit, inform: context.inform });
    const alone = { command: "install", preset, session, dryRun, breakLock, reporter: reported, context };
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
  });
}

/** `kube-installer --preset FILE` without a command is an install; with nothing at all there is nothing to do. */
export async function runDefault(options: InstallOptions, context: CommandContext): Promise<number> {
  if (options.preset === undefined) {
    throw new InstallerError("usage", {
      message: "Say what to do: a command, or a preset to install.",
      nextSteps: ["`kube-installer --help` lists the commands", "`kube-installer --preset FILE` installs a cluster"],
    });
  }
  return run(options, context);
}
