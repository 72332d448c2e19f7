interface Line {
  readonly id: string;
  readonly kind: "text" | "option" | "action" | "title";
  readonly marked?: boolean;
}

/** Where the focus is at first: the answer that holds, else the first line one can use. */
export function firstRow(rows: readonly Line[]): string | undefined {
  const first = rows.findIndex(isUsable);
  if (rows[first]?.kind !== "option") return rows[first]?.id;
  const group = rows.slice(first, endOfOptions(rows, first));
  return (group.find(({ marked = false }) => marked) ?? rows[first])?.id;
}

/** The place of the focused line; another one's when that line is gone. */
export function focusedIndex(rows: readonly Line[], focus: string | undefined): number {
  const index = rows.findIndex(({ id }) => id === focus);
  return index >= 0 ? index : Math.max(0, rows.findIndex(isUsable));
}

/** The line before or behind, and at the ends round to the other end. */
export function moveFocus(rows: readonly Line[], index: number, by: 1 | -1): string | undefined {
  const behind = [...rows.slice(index + 1), ...rows.slice(0, index)];
  return (by === 1 ? behind.find(isUsable) : behind.findLast(isUsable))?.id;
}

/** Where to go once a line was answered: behind its group of answers; undefined when it was the last. */
export function afterAnswer(rows: readonly Line[], answered: string): string | undefined {
  const index = rows.findIndex(({ id }) => id === answered);
  const start = rows[index]?.kind === "option" ? endOfOptions(rows, index) : index + 1;
  return rows.slice(start).find(isUsable)?.id;
}

function endOfOptions(rows: readonly Line[], from: number): number {
  const end = rows.findIndex(({ kind }, index) => index > from && kind !== "option");
  return end === -1 ? rows.length : end;
}

function isUsable({ kind }: Line): boolean {
  return kind !== "title";
}
