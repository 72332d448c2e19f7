import { printableText } from "../engine/printable.ts";
import {
  changesIn,
  commonReason,
  type EntryKind,
  entryKinds,
  type Review,
  type ReviewEntry,
} from "../engine/review.ts";
import { entriesByPlace, type PlanDocument, planMarks } from "./plan-document.ts";

export interface PlanTextOptions {
  /** Leaves out what already is as wanted. */
  readonly onlyChanges?: boolean;
}

/** A plan for people: each node, then the cluster, with one line per step and its reason; the counts come last. */
export function planText(document: PlanDocument, { onlyChanges = false }: PlanTextOptions = {}): readonly string[] {
  const blocks = [...entriesByPlace(document)].flatMap(([node, entries]) => {
    const shown = onlyChanges ? entries.filter(({ kind }) => kind !== "satisfied") : entries;
    return shown.length === 0 ? [] : [...block(node ?? "cluster", shown), ""];
  });
  return [...blocks, countLine(document.review)];
}

/** A reason that all steps of a place have in common stands behind its name; one line is enough where none was looked at. */
function block(place: string, entries: readonly ReviewEntry[]): readonly string[] {
  const reason = commonReason(entries);
  if (reason === undefined) return [place, ...entries.flatMap(entryLines)];
  if (entries.every(({ kind }) => kind === "unknown")) {
    return [place, `  ${planMarks.unknown} all ${entries.length} steps: ${oneLine(reason)}`];
  }
  return [`${place}: ${oneLine(reason)}`, ...entries.flatMap((entry) => entryLines({ ...entry, saw: "" }))];
}

function entryLines({ kind, title, saw, danger }: ReviewEntry): readonly string[] {
  const line = `  ${planMarks[kind]} ${oneLine(title)}${saw === "" ? "" : `: ${oneLine(saw)}`}`;
  return danger === undefined ? [line] : [line, `      danger: ${oneLine(danger)}`];
}

/** What a machine said must not pass for lines of the plan. */
function oneLine(text: string): string {
  return printableText(text).replaceAll(/\s*\n\s*/g, " ");
}

const inWords: Readonly<Record<EntryKind, string>> = {
  create: "to create",
  change: "to change",
  danger: "danger",
  satisfied: "satisfied",
  unknown: "not looked at",
};

function countLine(review: Review): string {
  const counted = entryKinds.flatMap((kind) => {
    const count = review.counts[kind];
    return count === 0 ? [] : [`${count} ${inWords[kind]}`];
  });
  const all = counted.length === 0 ? "no steps" : counted.join(", ");
  return changesIn(review) + review.counts.unknown === 0 ? `${all}: nothing would change` : all;
}
