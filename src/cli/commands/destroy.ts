import { rm } from "node:fs/promises";
import { InstallerError } from "../../engine/errors.ts";
import { kubeconfigPath } from "../../kubernetes/kubeconfig-path.ts";
import type { ClusterWish } from "../../preset/cluster-spec.ts";
import { planDestroy } from "../../steps/plans.ts";
import { releaseMachines } from "../../topology/provide.ts";
import { ask } from "../ask.ts";
import { openSession, presetFrom } from "../cluster-session.ts";
import type { CommandContext } from "../command-context.ts";
import { joinAbsent } from "../connect-nodes.ts";
import { type CommandEnd, type OutputOptions, withReporters } from "../reporters.ts";
import { runAlone } from "../run-alone.ts";
import { commandEnd, executePlan } from "../run-plan.ts";

export interface DestroyOptions extends OutputOptions {
  readonly preset?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly breakLock?: boolean;
}

/** `kube-installer destroy`: takes the cluster away and leaves each node as it was found. */
export async function run(options: DestroyOptions, context: CommandContext): Promise<number> {
  const { dryRun = false, breakLock = false } = options;
  return withReporters(options, context, async (reporter) => {
    const spec = await presetFrom(options.preset, context);
    if (options.yes !== true && !dryRun) await confirm(spec, context);
    if (spec.topology.kind === "lab") return releaseLab(spec, dryRun, context);
    const session = await openSession(spec, context);
    try {
      const unusable = joinAbsent(session.absent, session.nodes.length + session.absent.length);
      if (unusable !== undefined) throw unusable;
      const plan = planDestroy(session.nodes.map(({ machine }) => machine));
      const alone = { command: "destroy", preset: options.preset, session, dryRun, breakLock, reporter, context };
      return await runAlone(alone, async (tools) =>
        commandEnd(await executePlan({ ground: session, plan, dryRun, ...tools })),
      );
    } finally {
      await session.close();
    }
  });
}

/** Machines that were made for the cluster go with it, so nothing on them needs to be taken back. */
async function releaseLab(spec: ClusterWish, dryRun: boolean, { inform, signal }: CommandContext): Promise<CommandEnd> {
  if (dryRun) {
    inform(`would take away the lab of the cluster ${spec.name} with all its nodes`);
    return { exitCode: 0 };
  }
  await releaseMachines(spec, { signal, progress: inform });
  await rm(kubeconfigPath(spec), { force: true });
  return { exitCode: 0 };
}

/** Everything the cluster holds will be lost, so the name must be typed. */
async function confirm({ name }: ClusterWish, { interactive, signal }: CommandContext): Promise<void> {
  if (!interactive) {
    throw new InstallerError("input-needed", {
      message: `Destroying the cluster ${name} must be confirmed, but nobody is there to ask.`,
      nextSteps: ["add `--yes` when the cluster and all it holds may go"],
    });
  }
  const question = `This removes the cluster ${name} with everything in it. Type its name to go on: `;
  if ((await ask(question, signal)) === name) return;
  throw new InstallerError("usage", { message: "The name does not match; nothing was changed." });
}
