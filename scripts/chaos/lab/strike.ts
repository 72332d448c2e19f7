import { boundaryOf, type KillPoint } from "./kill-point.ts";
import { type ProgramEnd, runProgram } from "./program-run.ts";

/** A run that was to be killed; `struckAt` is absent when it ended before its moment came. */
export interface Struck {
  readonly end: ProgramEnd;
  readonly struckAt?: number;
}

/** Runs the program and kills it at the point. */
export async function killAt({ boundary, delay }: KillPoint, args: readonly string[]): Promise<Struck> {
  const began = performance.now();
  let struckAt: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  const end = await runProgram(args, {
    onEvent: (event, { kill }) => {
      if (timer !== undefined || struckAt !== undefined || boundaryOf(event) !== boundary) return;
      const strike = () => {
        struckAt = Math.round(performance.now() - began);
        kill();
      };
      if (delay === 0) strike();
      else timer = setTimeout(strike, delay);
    },
  });
  clearTimeout(timer);
  return end.exitCode === undefined && struckAt !== undefined && !end.hung ? { end, struckAt } : { end };
}

/** Runs the program and kills it at the first boundary of the set it comes to, which is taken out of the set. */
export async function killAtNext(left: Set<string>, args: readonly string[]): Promise<Struck & { boundary?: string }> {
  let struck: { readonly boundary: string; readonly struckAt: number } | undefined;
  const end = await runProgram(args, {
    onEvent: (event, { kill }) => {
      const boundary = boundaryOf(event);
      if (struck !== undefined || boundary === undefined || !left.delete(boundary)) return;
      struck = { boundary, struckAt: event.at };
      kill();
    },
  });
  return end.exitCode === undefined && !end.hung && struck !== undefined ? { end, ...struck } : { end };
}
