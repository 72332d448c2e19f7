import { type NdjsonLine, type ObservedRun, wasKilled } from "./observed-run.ts";

/** The journal can be read, tells everything the run said, and tells its end unless the run was killed. */
export function judgeJournal(run: ObservedRun, lines: readonly NdjsonLine[]): readonly string[] {
  const { journal } = run;
  if (journal === undefined) return lines.some(({ type }) => type === "run-started") ? ["journal: there is none"] : [];
  if (journal instanceof Error) return [`journal: ${journal.message}`];
  const violations: string[] = [];
  if (journal.lost > 0) violations.push(`journal: ${journal.lost} events are lost`);
  if (wasKilled(run)) return violations;
  const told = lines.filter(({ type }) => type !== "version").length;
  if (journal.summary === undefined) violations.push("journal: it has no summary");
  const written = journal.events.length;
  if (written !== told) violations.push(`journal: has ${written} events, the output ${told}`);
  return violations;
}

/** A run leaves no connection, no timer, no lock and no promise behind. */
export function judgeRemains(run: ObservedRun, firstControlPlane: string): readonly string[] {
  const { left, lock, unhandled, felt, told, thrown } = run;
  const violations = unhandled.map((what) => `unhandled: ${what}`);
  if (thrown !== undefined)
    violations.push(`thrown: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : thrown}`);
  const killed = wasKilled(run);
  if (left.connections > 0) violations.push(`left: ${left.connections} connections are open`);
  for (const place of left.timers) violations.push(`left: a timer set ${place}`);
  const unreachable = felt.some(({ node }) => node === firstControlPlane);
  if (lock !== undefined && !killed && !unreachable) violations.push(`left: the lock is held by ${lock}`);
  if (lock !== undefined && unreachable && !killed && !told.some((line) => line.includes("could not be given up"))) {
    violations.push("left: the lock was not given up, and nobody was told");
  }
  return violations;
}
