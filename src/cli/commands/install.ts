import { InstallerError } from "../../engine/errors.ts";
import type { CommandContext } from "../command-context.ts";
import type { InstallClusterOptions } from "../install-cluster.ts";
import type { AppearanceOptions } from "../options.ts";
import type { OutputOptions } from "../reporters.ts";

export interface InstallOptions extends OutputOptions, AppearanceOptions {
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
  const [{ presetFrom }, { installCluster }, { withJunitFile }, { withReporters }] = await Promise.all([
    import("../cluster-session.ts"),
    import("../install-cluster.ts"),
    import("../junit-file.ts"),
    import("../reporters.ts"),
  ]);
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
 * option asks for something the screen does not do, an install. Without a preset that fails with `input-needed`.
 */
export async function runDefault(options: InstallOptions, context: CommandContext): Promise<number> {
  if (context.interactive && isForScreen(options)) {
    const { showScreen } = await import("../screen/show-screen.ts");
    return showScreen(context, options);
  }
  if (options.preset !== undefined) return run(options, context);
  const { withReporters } = await import("../reporters.ts");
  return withReporters(options, context, async () => {
    throw await answersNeeded();
  });
}

/** Names what the shortest preset says, as nobody is there to be asked for it. */
async function answersNeeded(): Promise<InstallerError> {
  const { missingAnswers } = await import("../../preset/missing-answers.ts");
  return new InstallerError("input-needed", {
    message: "Which cluster is wanted must be known, and nobody can be asked: a preset has to say it.",
    nextSteps: [
      ...missingAnswers().map(({ key, hint }) => `answer ${key} in a preset, ${hint}`),
      "`kube-installer --preset FILE` installs the cluster it describes",
      "`kube-installer --help` lists the other commands",
    ],
  });
}

/** Options the screen does not know are not left out in silence: with one of them the command does the work. */
function isForScreen(options: InstallOptions): boolean {
  const { output, dryRun, breakLock, requireAllNodes, verbose, startOver, nodes, junit } = options;
  const others = [dryRun, breakLock, requireAllNodes, verbose, startOver].includes(true);
  return output === "plain" && !others && nodes === undefined && junit === undefined;
}
