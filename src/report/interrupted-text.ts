import type { InterruptedRun, StepPlace } from "./interrupted-run.ts";

/** What is different now from when the run was interrupted. */
export interface SinceThen {
  readonly presetChanged: boolean;
  /** Nodes the run worked on that the preset does not name any more. */
  readonly nodesGone: readonly string[];
}

const mostNamed = 5;

/** The interrupted run in one line: which, when, where it stopped, and what is different now. */
export function interruptedText(run: InterruptedRun, { presetChanged, nodesGone }: SinceThen): string {
  const began = `Run ${run.id} (${run.command}, begun ${dayAndTime(run.started)} UTC on ${run.host})`;
  const clauses = [
    `${began} ${howItEnded(run)}`,
    ...(presetChanged ? ["the preset has changed since"] : []),
    ...(nodesGone.length === 0 ? [] : [`${listed(nodesGone)} ${areNoLonger(nodesGone)} in the preset`]),
  ];
  return `${clauses.join("; ")}.`;
}

function howItEnded({ outcome, lastEvent, midFlight, failed }: InterruptedRun): string {
  const at = `at ${dayAndTime(lastEvent).slice(11)}`;
  switch (outcome) {
    case "broken off":
      return `was broken off ${at} ${inTheMiddleOf(midFlight)}`;
    case "unfinished":
      return `has no end; it was last heard of ${at} ${inTheMiddleOf(midFlight)}`;
    case "interrupted":
      return failed.length === 0 ? `was interrupted ${at}` : `was interrupted ${at} in ${places(failed)}`;
    case "failed":
      return failed.length === 0 ? `failed ${at}` : `failed ${at} in ${places(failed)}`;
  }
}

function inTheMiddleOf(midFlight: readonly StepPlace[]): string {
  return midFlight.length === 0 ? "between two steps" : `in the middle of ${places(midFlight)}`;
}

function places(all: readonly StepPlace[]): string {
  return listed(all.map(({ title, node }) => (node === undefined ? `"${title}"` : `"${title}" on ${node}`)));
}

function listed(names: readonly string[]): string {
  const [named, more] = [names.slice(0, mostNamed), Math.max(0, names.length - mostNamed)];
  return `${named.join(", ")}${more === 0 ? "" : ` and ${more} more`}`;
}

function areNoLonger({ length }: readonly string[]): string {
  return length === 1 ? "is no longer" : "are no longer";
}

function dayAndTime(time: Date): string {
  return time.toISOString().slice(0, 19).replace("T", " ");
}
