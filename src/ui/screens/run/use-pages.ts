import { useState } from "react";
import { useKeys } from "../../keys/keys.tsx";

/** The part of a text that is on the screen. */
export interface Pages {
  /** How many lines are above it. */
  readonly top: number;
  /** `lines 1-9 of 30`; empty when all of it is to be seen. */
  readonly where: string;
  readonly toStart: () => void;
}

/**
 * Lets somebody read on, or back, in a text that is longer than its place, while the other keys choose an answer. It
 * begins where the most important lines are.
 */
export function usePages(lines: number, rows: number, begin: "first" | "last" = "first"): Pages {
  const [from, setFrom] = useState(begin === "first" ? 0 : lines);
  const last = Math.max(0, lines - rows);
  const top = Math.min(from, last);
  const step = Math.max(1, rows - 1);
  useKeys("ended", {
    down: top < last ? () => setFrom(Math.min(last, top + step)) : undefined,
    up: top > 0 ? () => setFrom(Math.max(0, top - step)) : undefined,
  });
  return {
    top,
    where: last === 0 ? "" : `lines ${top + 1}-${Math.min(lines, top + rows)} of ${lines}`,
    toStart: () => setFrom(0),
  };
}
