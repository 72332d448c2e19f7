import { beganToChange, type RunOverview, runsFromNewest } from "./list-runs.ts";
import { outlineOnly, type RecordedRun, readRun, withoutOutput } from "./read-run.ts";
import { runFiles } from "./run-folder.ts";

/** A step as a run called it; without a node it is one of the cluster. */
export interface StepPlace {
  readonly title: string;
  readonly node?: string;
}

/** A run that changed something and did not come to its end. */
export interface InterruptedRun {
  readonly id: string;
  readonly cluster: string;
  /** The command the operator gave: `install`, `destroy`. */
  readonly command: string;
  /** The machine it ran on. */
  readonly host: string;
  /** `unfinished`: it has no end, and whether its process lives cannot be told from here. */
  readonly outcome: "broken off" | "unfinished" | "interrupted" | "failed";
  readonly started: Date;
  /** When the last was heard of it. */
  readonly lastEvent: Date;
  readonly nodes: readonly string[];
  /** Steps that had begun and have no end, in the order they began. */
  readonly midFlight: readonly StepPlace[];
  readonly failed: readonly StepPlace[];
  readonly presetDigest?: string;
  /** When an earlier install came to its end, if no destroy began since: there is more to lose than this run made. */
  readonly completeBefore?: Date;
}

/** What the records of a cluster say before a new run begins. */
export interface PastRuns {
  readonly interrupted?: InterruptedRun;
  /** Names of records newer than that which cannot be read. */
  readonly unreadable: readonly string[];
}

/**
 * Looks for the run a new one goes on from: the newest that changed something, if it did not come to its end. Dry runs
 * and runs that stopped before their first step left everything as it was; while a run lives, none is interrupted.
 */
export async function lookBack(cluster: string): Promise<PastRuns> {
  const unreadable: string[] = [];
  let interrupted: InterruptedRun | undefined;
  for await (const overview of runsFromNewest(cluster, outlineOnly)) {
    const { id, run, outcome } = overview;
    if (interrupted === undefined && outcome === "unreadable") unreadable.push(id);
    if (interrupted === undefined && outcome === "running" && run !== undefined && !isDryRun(run))
      return { unreadable };
    if (!beganToChange(overview)) continue;
    if (interrupted !== undefined) {
      if (run?.header.command === "destroy") break;
      if (outcome !== "ok" && outcome !== "partial") continue;
      return { interrupted: { ...interrupted, completeBefore: endOf(overview) }, unreadable };
    }
    interrupted = await interruptedRun(overview);
    if (interrupted === undefined || interrupted.command === "destroy") break;
  }
  return interrupted === undefined ? { unreadable } : { interrupted, unreadable };
}

function endOf({ run }: RunOverview): Date {
  return run?.events.at(-1)?.at ?? new Date(run?.header.started ?? 0);
}

function isDryRun({ header }: RecordedRun): boolean {
  return header.command.endsWith("--dry-run");
}

async function interruptedRun({ id, cluster, folder, outcome }: RunOverview): Promise<InterruptedRun | undefined> {
  if (outcome === "ok" || outcome === "partial" || outcome === "running" || outcome === "unreadable") return undefined;
  const run = await readRun(runFiles(folder).journal, withoutOutput);
  const { header, events } = run;
  const started = new Date(header.started);
  return {
    id,
    cluster,
    command: header.command,
    host: header.host,
    outcome,
    started,
    lastEvent: events.at(-1)?.at ?? started,
    nodes: events.flatMap(({ event }) => (event.type === "run-started" ? event.nodes : [])),
    ...stoppedAt(run),
    ...(header.presetDigest === undefined ? {} : { presetDigest: header.presetDigest }),
  };
}

function stoppedAt({ events }: RecordedRun): Pick<InterruptedRun, "midFlight" | "failed"> {
  const open = new Map<string, StepPlace>();
  const failed: StepPlace[] = [];
  for (const { event } of events) {
    if (event.type !== "step-started" && event.type !== "step-finished") continue;
    const { step, title, node } = event;
    const place = { title, ...(node === undefined ? {} : { node }) };
    const key = `${step}@${node ?? ""}`;
    if (event.type === "step-started") open.set(key, place);
    else open.delete(key);
    if (event.type === "step-finished" && event.outcome === "failed") failed.push(place);
  }
  return { midFlight: [...open.values()], failed };
}
