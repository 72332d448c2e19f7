import { boundaryOf, type KillPoint } from "./kill-point.ts";
import { onceDiskAllows, type ProgramEnd, runProgram } from "./program-run.ts";

/** A run that was to be killed; `point` and `struckAt` are absent when it ended before any of its moments came. */
export interface Struck {
  readonly end: ProgramEnd;
  readonly point?: KillPoint;
  /** Milliseconds from the start of the process. */
  readonly struckAt?: number;
}

/** Runs the program and kills it at whichever of the points comes first. */
export function killAtFirst(points: readonly KillPoint[], args: readonly string[]): Promise<Struck> {
  return onceDiskAllows(() => strikeOnce(points, args));
}

async function strikeOnce(points: readonly KillPoint[], args: readonly string[]): Promise<Struck> {
  const began = performance.now();
  let struck: { readonly point: KillPoint; readonly struckAt: number } | undefined;
  const timers: NodeJS.Timeout[] = [];
  const seen = new Set<string>();
  const end = await runProgram(args, {
    onEvent: (event, { kill }) => {
      const boundary = boundaryOf(event);
      if (boundary === undefined || seen.has(boundary)) return;
      seen.add(boundary);
      const strike = (point: KillPoint): void => {
        if (struck !== undefined) return;
        struck = { point, struckAt: Math.round(performance.now() - began) };
        kill();
      };
      for (const point of points) {
        if (point.boundary !== boundary) continue;
        if (point.delay === 0) strike(point);
        else timers.push(setTimeout(strike, point.delay, point));
      }
    },
  });
  for (const timer of timers) clearTimeout(timer);
  return end.exitCode === undefined && !end.hung && struck !== undefined ? { end, ...struck } : { end };
}
