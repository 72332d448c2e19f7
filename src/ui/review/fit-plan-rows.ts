import { displayWidth } from "../state/display-width.ts";
import { wrapWords } from "../state/wrap-words.ts";
import type { PlanRow } from "./plan-rows.ts";

type Note = Extract<PlanRow, { readonly kind: "note" }>;

/** The cells before the title of a step; what goes on below a row stands as far from the left. */
const margin = 6;
/** Two of them are the pointer's. */
const inset = " ".repeat(margin - 2);

/**
 * The rows of a review in a width: what was found, what is said of a whole node and why something is dangerous is never cut
 * off, it goes on below. What else is seen is cut off at the end of its line.
 */
export function fitPlanRows(rows: readonly PlanRow[], width: number): readonly PlanRow[] {
  return rows.flatMap((row): PlanRow[] => {
    if (row.kind === "note") {
      const [first = "", ...rest] = wrapWords(row.text, width - margin);
      return [{ ...row, text: first }, ...below(row.id, rest, row.severity)];
    }
    if (row.kind === "node" && row.reason !== undefined) {
      return [row, ...below(row.id, wrapWords(row.reason, width - margin), "plain")];
    }
    if (row.kind !== "entry" || row.entry.danger === undefined || fits(row, width)) return [row];
    const reason = wrapWords(row.entry.danger, width - margin);
    return [{ ...row, entry: { ...row.entry, danger: "" } }, ...below(row.id, reason, "error")];
  });
}

/** What was seen at a row whose line is too short for it. */
export function cutOffOf(row: PlanRow | undefined, width: number): string | undefined {
  return row?.kind !== "entry" || row.entry.kind === "danger" || fits(row, width) ? undefined : row.entry.saw;
}

function below(id: string, texts: readonly string[], severity: Note["severity"]): Note[] {
  return texts.map((text, index) => ({ id: `${id} ${index}`, kind: "note", severity, text: `${inset}${text}` }));
}

function fits({ entry: { title, saw, danger } }: Extract<PlanRow, { readonly kind: "entry" }>, width: number): boolean {
  return margin + displayWidth(`${title}  ${danger ?? saw}`) <= width;
}
