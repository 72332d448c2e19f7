import { InstallerError, toInstallerError } from "../engine/errors.ts";
import type { ClusterWish } from "../preset/cluster-spec.ts";
import { type InterruptedRun, lookBack, type PastRuns } from "../report/interrupted-run.ts";
import { interruptedText } from "../report/interrupted-text.ts";
import { ask } from "./ask.ts";
import type { CommandContext } from "./command-context.ts";
import { confirmLoss } from "./confirm-loss.ts";
import { presetDigest } from "./preset-digest.ts";
import { replayRun } from "./replay-run.ts";
import { consequence, meantBy, type Offer, waysOn } from "./ways-on.ts";

export interface ChoiceOptions {
  readonly command: "install" | "destroy";
  /** The file the preset was read from. */
  readonly preset?: string | undefined;
  /** It changes nothing, so it goes on from nothing. */
  readonly dryRun: boolean;
  /** It works on some nodes of the preset only. */
  readonly limited?: boolean;
  /** Decided on the command line, so that nobody is asked. */
  readonly decided?: "resume" | "start-over" | undefined;
}

/** How a command goes on. */
export interface Choice {
  /** Take away first what an interrupted run made. */
  readonly startOver: boolean;
  /** What there is to say about the interrupted run, for the journal of this one. */
  readonly story?: string;
}

/**
 * Looks whether an earlier run of the cluster was interrupted and, when a person is there, asks what to do about it.
 * Without a person the run goes on: its steps find on the nodes what is done already. A record that cannot be read
 * stops nothing.
 * @throws InstallerError `usage` when there is nothing to start over, or too much to lose with nobody there; `interrupted` when the question is left
 */
export async function chooseWayOn(
  spec: Pick<ClusterWish, "name" | "topology">,
  options: ChoiceOptions,
  context: CommandContext,
): Promise<Choice> {
  const { command, decided, dryRun } = options;
  if (dryRun) return { startOver: false };
  const { interrupted, unreadable } = await lookBack(spec.name).catch((thrown: unknown): PastRuns => {
    const reason = toInstallerError(thrown).message;
    context.inform(`The records of earlier runs cannot be read (${reason}); the nodes tell where to go on.`);
    return { unreadable: [] };
  });
  for (const id of unreadable) context.inform(`The record of run ${id} cannot be read; the nodes tell where to go on.`);
  if (interrupted === undefined) {
    if (decided === "start-over") throw nothingToStartOver(spec.name);
    return { startOver: false };
  }
  if (decided === "start-over" && interrupted.completeBefore !== undefined && !context.interactive) {
    throw tooMuchToLose(spec.name, interrupted.completeBefore);
  }
  const said = await textOf(interrupted, spec, options);
  const offers = context.interactive && decided === undefined ? waysOn(command, interrupted, options) : [];
  const startOver =
    decided === "start-over" || (await askUntilDecided(`${said}\n`, offers, interrupted, context)) === "start-over";
  if (startOver && context.interactive) await confirmLoss(spec.name, context);
  const next = startOver ? "It is started over." : consequence(command, interrupted);
  return { startOver, story: `${said} ${next}` };
}

async function textOf(
  interrupted: InterruptedRun,
  { topology }: Pick<ClusterWish, "topology">,
  { preset }: ChoiceOptions,
): Promise<string> {
  const { presetDigest: before, nodes } = interrupted;
  const now = topology.kind === "static" ? topology.nodes.map(({ name }) => name) : nodes;
  return interruptedText(interrupted, {
    presetChanged: before !== undefined && preset !== undefined && before !== (await presetDigest(preset)),
    nodesGone: nodes.filter((name) => !now.includes(name)),
  });
}

async function askUntilDecided(
  introduction: string,
  offers: readonly Offer[],
  { cluster, id }: InterruptedRun,
  { signal, inform }: CommandContext,
): Promise<"resume" | "start-over"> {
  const [usual] = offers;
  if (usual === undefined) return "resume";
  const width = Math.max(...offers.map(({ label }) => label.length));
  const list = offers.map(({ label, does }) => `  ${label.padEnd(width)}  ${does}\n`).join("");
  for (let question = introduction; ; question = "") {
    const answer = await ask(`${question}${list}What shall be done? [${usual.label}] `, signal);
    const offer = meantBy(answer, offers);
    if (offer === undefined) inform(`"${answer}" is none of these.`);
    else if (offer.way !== "inspect") return offer.way;
    else await replayRun({ cluster, id }, { print: inform, inform });
  }
}

function nothingToStartOver(cluster: string): InstallerError {
  return new InstallerError("usage", {
    message: `No interrupted run of the cluster ${cluster} is on record here, so there is nothing to start over.`,
    nextSteps: [
      "leave `--start-over` away: the run changes what is not as the preset says",
      "`kube-installer destroy --preset FILE` takes a cluster away, whoever made it",
    ],
  });
}

function tooMuchToLose(cluster: string, completeBefore: Date): InstallerError {
  const since = completeBefore.toISOString().slice(0, 19).replace("T", " ");
  return new InstallerError("usage", {
    message: `The cluster ${cluster} was complete before the interrupted run (${since} UTC); starting over would take all of it away.`,
    nextSteps: [
      "`--resume` goes on from what is on the nodes",
      "if the cluster and all it holds may go: `kube-installer destroy --preset FILE --yes`, then install",
    ],
  });
}
