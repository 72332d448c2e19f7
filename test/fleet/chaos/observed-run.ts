import type { z } from "zod";
import type { ndjsonLineSchema } from "../../../src/report/event-schema.ts";
import type { RecordedRun } from "../../../src/report/read-run.ts";
import type { Blow, Fault } from "./schedule.ts";

export type NdjsonLine = z.infer<typeof ndjsonLineSchema>;

/** A fault that made a difference: some command or connection of the run met it. */
export interface Felt extends Fault {
  /** Virtual milliseconds into the run. */
  readonly at: number;
  /** The command or login it met and kept from its purpose, shortened; absent when it may have done no harm. */
  readonly command?: string;
}

/** Everything one run of the installer let itself be seen by. */
export interface ObservedRun {
  /** Standard output, each line as it was printed. */
  readonly printed: readonly string[];
  /** Standard error. */
  readonly told: readonly string[];
  readonly exitCode: number | undefined;
  /** What the command threw instead of handling it. */
  readonly thrown?: unknown;
  /** Why the run was given up: it could never end, or not in time. */
  readonly hung?: string;
  readonly unhandled: readonly string[];
  /** What it left open: connections on the nodes' side, timers with the place that set them. */
  readonly left: { readonly connections: number; readonly timers: readonly string[] };
  /** Who holds the cluster's lock afterwards. */
  readonly lock: string | undefined;
  readonly journal?: RecordedRun | Error;
  readonly felt: readonly Felt[];
  readonly blow?: Blow;
  /** Whether the blow came before the run was over. */
  readonly struck: boolean;
  readonly virtualMs: number;
  readonly realMs: number;
}

/** Whether the process of the run was ended from outside, so that only what it left behind counts. */
export function wasKilled({ blow, struck }: Pick<ObservedRun, "blow" | "struck">): boolean {
  return struck && (blow?.kind === "kill" || blow?.kind === "kill-and-move");
}
