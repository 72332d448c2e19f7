import { formatDuration } from "../../engine/time.ts";

/** Says one line to the person who waits. */
export type Progress = (line: string) => void;

/** What every part of the lab gets that can wait. */
export interface LabWork {
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Puts the time since now in front of every line. */
export function timed(progress: Progress): Progress {
  const start = performance.now();
  return (line) => progress(`${formatDuration(performance.now() - start).padStart(7)}  ${line}`);
}
