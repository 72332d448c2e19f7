import { InstallerError } from "../../engine/errors.ts";
import { presetFrom } from "../cluster-session.ts";
import type { CommandContext } from "../command-context.ts";
import { type InstallClusterOptions, installCluster } from "../install-cluster.ts";
import { withJunitFile } from "../junit-file.ts";
import { type OutputOptions, withReporters } from "../reporters.ts";

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
  const decided: InstallClusterOptions["decided"] =
    options.startOver === true ? "start-over" : options.resume === true ? "resume" : undefined;
  const print = options.output === "plain" ? context.print : context.inform;
  return withReporters(options, context, async (output) => {
    const spec = await presetFrom(preset, context);
    const reporter = withJunitFile(output, { file: options.junit, inform: context.inform });
    const how = { preset, only: options.nodes, dryRun, breakLock, requireAllNodes, decided, reporter, print, context };
    return installCluster(spec, how);
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
