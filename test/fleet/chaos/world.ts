import type { CommandContext } from "../../../src/cli/command-context.ts";
import type { Felt } from "./observed-run.ts";
import type { FleetShape, Schedule } from "./schedule.ts";

/** The simulated machines with everything that can happen to them. */
export interface World {
  readonly shape: FleetShape;
  /** Name of the cluster they are to be. */
  readonly cluster: string;
  /** Runs the installer over the first so many, all unless told, as its command line would, with its events as NDJSON; gives its exit code. */
  install(context: CommandContext, nodes?: number): Promise<number>;
  /** Makes every machine as it was delivered; the number decides how long things take. */
  reset(seed: string): Promise<void>;
  /** Lets the schedule's faults happen from now on, counted from this moment. */
  begin(schedule: Pick<Schedule, "faults">): void;
  /** Tells that a step began on a node, which some faults wait for. */
  stepBegan(node: string, step: string): void;
  /** Faults that met a command or a connection since `begin`. */
  felt(): readonly Felt[];
  /** Makes everything work again, and waits for machines that are starting. */
  lift(): Promise<void>;
  /** Breaks every connection and lets no further one in until `lift`. */
  cutOff(): void;
  /** Connections that are open on the side of the machines. */
  connections(): number;
  /** Who holds the lock of the cluster. */
  lockHolder(): string | undefined;
  /** Makes the holder of the lock and of the Lease, where one is left, a process that is gone, of this machine or of another one. */
  orphanLock(where: "here" | "elsewhere"): void;
  /** What the machines were asked to do and cannot: a fault of the model, not of the installer. */
  shortcomings(): readonly string[];
  close(): Promise<void>;
}
