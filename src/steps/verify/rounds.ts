import { minutes } from "../../engine/time.ts";

/** Nodes that are verified together; a Service with many more endpoints would itself be a strain on a large cluster. */
export const nodesInRound = 50;

/** Splits nodes into rounds of equal size, each taken from all over the list, so that none holds only neighbours. */
export function inRounds<T>(nodes: readonly T[]): readonly (readonly T[])[] {
  const rounds = Math.ceil(nodes.length / nodesInRound);
  return Array.from({ length: rounds }, (_, round) => nodes.filter((_, index) => index % rounds === round));
}

/** Milliseconds the verification of so many nodes may take: a minute more for every further round. */
export function verificationDeadline(nodes: number): number {
  return minutes(5 + Math.max(1, Math.ceil(nodes / nodesInRound)));
}
