import { createWorld } from "./create-world.ts";
import { type Played, playSchedule } from "./play.ts";
import { describeSchedule, makeSchedule } from "./schedule.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** What a worker is asked: to play one schedule, and whether to tell everything that happens. */
export interface Task {
  readonly seed: number;
  readonly index: number;
  readonly verbose: boolean;
}

/** What it answers: lines to read, then how it went. */
export type Answer = { readonly line: string } | { readonly played: Played; readonly schedule: readonly string[] };

/** Plays schedules for its parent process, one after another over the same machines, until the channel closes. */
export async function serve(
  kind: "ssh" | "engine",
  nodes: number,
  time: VirtualTime,
  answer: (answer: Answer) => void,
): Promise<(task: Task) => Promise<void>> {
  const world = await createWorld(kind, nodes);
  return async ({ seed, index, verbose }) => {
    const schedule = makeSchedule(seed, index, world.shape);
    const lines = describeSchedule(schedule);
    const tell = verbose ? (line: string) => answer({ line }) : undefined;
    for (const line of lines) tell?.(line);
    const played = await playSchedule({ world, time }, schedule, tell === undefined ? {} : { tell });
    answer({ played, schedule: lines });
  };
}
