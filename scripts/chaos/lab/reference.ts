import { seededRandom } from "../../../test/fleet/chaos/random.ts";
import { healthy } from "./health.ts";
import { notDone } from "./judge.ts";
import { boundaryOf, type KillPoint } from "./kill-point.ts";
import { onceDiskAllows, type ProgramEnd, runProgram } from "./program-run.ts";
import { freshCluster } from "./test-cluster.ts";

/** What undisturbed runs came by: each boundary with the milliseconds from the start of the process. */
export interface Reference {
  readonly type: "reference";
  readonly size: number;
  readonly install: readonly Passed[];
  readonly destroy: readonly Passed[];
}

interface Passed {
  readonly boundary: string;
  readonly at: number;
}

/** Learns the boundaries from one undisturbed install and destroy on fresh nodes. */
export async function learn(lab: string, size: number): Promise<Reference> {
  const cluster = await freshCluster(lab, size);
  try {
    const install = await undisturbed(cluster.install);
    await healthy(cluster);
    const destroy = await undisturbed(cluster.destroy);
    return { type: "reference", size, install: passedIn(install), destroy: passedIn(destroy) };
  } finally {
    await cluster.remove();
  }
}

async function undisturbed(args: readonly string[]): Promise<ProgramEnd> {
  const { end } = await onceDiskAllows(async () => ({ end: await runProgram(args) }));
  const wrong = notDone(end);
  if (wrong.length > 0) throw new Error(`Nothing disturbed ${args.join(" ")}, but ${wrong.join("; ")}`);
  return end;
}

function passedIn({ events, durationMs }: ProgramEnd): Passed[] {
  const passed = events.flatMap((event) => {
    const boundary = boundaryOf(event);
    return boundary === undefined ? [] : [{ boundary, at: event.at }];
  });
  return [...passed, { boundary: "end", at: durationMs }];
}

/** Both sides of every step. */
export function boundaries(passed: readonly Passed[]): string[] {
  return passed.map(({ boundary }) => boundary).filter((boundary) => boundary !== "end");
}

/**
 * Moments spread evenly over the time an install took, the same for the same seed. Each is told as the boundary before
 * it and the time since, so that it means the same on a machine that is slower today.
 */
export function randomMoments({ install }: Reference, count: number, seed: number): KillPoint[] {
  const random = seededRandom("lab", seed);
  const duration = install.at(-1)?.at ?? 0;
  return Array.from({ length: count }, () => {
    const at = random.fraction() * duration;
    const before = install.findLast((passed) => passed.at <= at && passed.boundary !== "end");
    return { command: "install", boundary: before?.boundary ?? "begin", delay: Math.round(at - (before?.at ?? 0)) };
  });
}

/** `count` of them, evenly spread. */
export function spread<T>(all: readonly T[], count: number): T[] {
  if (count >= all.length) return [...all];
  return Array.from({ length: count }, (_, index) => all[Math.floor(((index + 0.5) * all.length) / count)]).flatMap(
    (one) => (one === undefined ? [] : [one]),
  );
}
