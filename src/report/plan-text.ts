import { printableText } from "../engine/printable.ts";
import { changesIn, type EntryKind, entryKinds, type Review, type ReviewEntry } from "../engine/review.ts";
import { entriesByPlace, type PlanDocument, planMarks } from "./plan-document.ts";

export interface PlanTextOptions {
  /** Leaves out what already is as wanted. */
  readonly onlyChanges?: boolean;
}

/** A plan for people: each node, then the cluster, with one line per step and its reason; the counts come last. */
export function planText(document: PlanDocument, { onlyChanges = false }: PlanTextOptions = {}): readonly string[] {
  const blocks = [...entriesByPlace(document)].flatMap(([node, entries]) => {
    const shown = onlyChanges ? entries.filter(({ kind }) => kind !== "satisfied") : entries;
    return shown.length === 0 ? [] : [node ?? "cluster", ...linesOf(shown), ""];
  });
  return [...blocks, countLine(document.review)];
}

/** One line where nothing of a place could be looked at for one reason. */
function linesOf(entries: readonly ReviewEntry[]): readonly string[] {
  const [first] = entries;
  const alike = entries.every(({ kind, saw }) => kind === "unknown" && saw === first?.saw);
  if (first === undefined || !alike || entries.length === 1) return entries.flatMap(entryLines);
  return [`  ${planMarks.unknown} all ${entries.length} steps: ${oneLine(first.saw)}`];
}

function entryLines({ kind, title, saw, danger }: ReviewEntry): readonly string[] {
  const line = `  ${planMarks[kind]} ${oneLine(title)}: ${oneLine(saw)}`;
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
