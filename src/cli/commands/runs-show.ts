import type { CommandContext } from "../command-context.ts";
import { findRun } from "../find-run.ts";
import { replayRun } from "../replay-run.ts";

export interface ShowOptions {
  readonly id?: string;
  readonly cluster?: string;
  readonly verbose?: boolean;
}

/** `kube-installer runs show ID`: what a run said, with the times it said it; the newest run unless told. */
export async function run({ id, cluster, verbose = false }: ShowOptions, context: CommandContext): Promise<number> {
  await replayRun({ ...(await findRun(id, cluster)), verbose }, context);
  return 0;
}
