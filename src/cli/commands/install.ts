import { InstallerError } from "../../engine/errors.ts";
import { planInstall } from "../../steps/plans.ts";
import { openSession, presetFrom } from "../cluster-session.ts";
import type { CommandContext } from "../command-context.ts";
import { passPreflight } from "../pass-preflight.ts";
import { type OutputOptions, withReporters } from "../reporters.ts";
import { runAlone } from "../run-alone.ts";
import { commandEnd, executePlan } from "../run-plan.ts";
import { showCluster } from "../show-cluster.ts";

export interface InstallOptions extends OutputOptions {
  readonly preset?: string;
  readonly dryRun?: boolean;
  readonly breakLock?: boolean;
  readonly requireAllNodes?: boolean;
}

/** `kube-installer install`: brings the preset's machines to the cluster it describes; what already holds is left alone. */
export async function run(options: InstallOptions, context: CommandContext): Promise<number> {
  const { dryRun = false, breakLock = false, requireAllNodes = false } = options;
  const print = options.output === "plain" ? context.print : context.inform;
  return withReporters(options, context, async (reporter) => {
    const spec = await presetFrom(options.preset, context);
    const session = await openSession(spec, context);
    const alone = { command: "install", preset: options.preset, session, dryRun, breakLock, reporter, context };
    try {
      return await runAlone(alone, async (tools) => {
        const absent = await passPreflight(session, { ...tools, requireAllNodes });
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

/**
 * `kube-installer` without a command: on a terminal the screen, with a preset at its review; elsewhere, and where an
 * option asks for something the screen does not do, an install, for which there must be a preset.
 */
export async function runDefault(options: InstallOptions, context: CommandContext): Promise<number> {
  if (context.interactive && (options.preset === undefined || isForScreen(options))) {
    const { showScreen } = await import("../screen/show-screen.ts");
    return showScreen(context, options.preset === undefined ? {} : { preset: options.preset });
  }
  if (options.preset === undefined) {
    throw new InstallerError("usage", {
      message: "Say what to do: a command, or a preset to install.",
      nextSteps: ["`kube-installer --help` lists the commands", "`kube-installer --preset FILE` installs a cluster"],
    });
  }
  return run(options, context);
}

function isForScreen({ output, dryRun, breakLock, requireAllNodes, verbose }: InstallOptions): boolean {
  return output === "plain" && ![dryRun, breakLock, requireAllNodes, verbose].includes(true);
}
