import { chooseWayOn } from "../choose-way-on.ts";
import { presetFrom } from "../cluster-session.ts";
import type { CommandContext } from "../command-context.ts";
import { confirmLoss } from "../confirm-loss.ts";
import { type OutputOptions, withReporters } from "../reporters.ts";
import { takeAway } from "../take-away.ts";

export interface DestroyOptions extends OutputOptions {
  readonly preset?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly breakLock?: boolean;
}

/** `kube-installer destroy`: takes the cluster away and leaves each node as it was found. */
export async function run(options: DestroyOptions, context: CommandContext): Promise<number> {
  const { preset, yes = false, dryRun = false, breakLock = false } = options;
  return withReporters(options, context, async (reporter) => {
    const spec = await presetFrom(preset, context);
    const decided = yes ? "resume" : undefined;
    const { story } = await chooseWayOn(spec, { command: "destroy", preset, dryRun, decided }, context);
    if (!yes && !dryRun) await confirmLoss(spec.name, context);
    return takeAway(spec, { preset, dryRun, breakLock, story, reporter, context });
  });
}
