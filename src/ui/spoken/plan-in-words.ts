import { type PlanRow, planRows } from "../review/plan-rows.ts";
import type { Foreseen } from "../services.ts";

/** Every step on more nodes than these is too much to listen to before an answer. */
const mostInFull = 5;

export interface SpokenPlan {
  /** What is said without being asked for. */
  readonly brief: readonly string[];
  readonly whole: readonly string[];
}

/**
 * A plan to listen to: what would change node after node, then what preflight found, as what is heard last is remembered.
 * Nodes that were not looked at, and all of a large cluster, are told step by step only when that is asked for; dangers
 * always are.
 */
export function planInWords(foreseen: Foreseen): SpokenPlan {
  const rows = planRows(foreseen, false);
  const notes = rows.filter(({ kind }) => kind === "note").map(rowInWords);
  const plan = rows.filter(({ kind }) => kind !== "note");
  const inFull = foreseen.nodes.length <= mostInFull;
  const brief = plan.filter(
    (row) => row.kind !== "entry" || row.entry.kind === "danger" || (inFull && row.entry.kind !== "unknown"),
  );
  const left = plan.length > brief.length ? ["Say show at the question to hear every step."] : [];
  return { brief: [...brief.map(rowInWords), ...left, ...notes], whole: [...plan.map(rowInWords), ...notes] };
}

const kinds = { create: "make", change: "alter", danger: "DANGER", satisfied: "as wanted", unknown: "not looked at" };

function rowInWords(row: PlanRow): string {
  switch (row.kind) {
    case "note":
      return `${row.severity === "plain" ? "" : `${row.severity}: `}${row.text}`;
    case "node":
      return `${row.name}${row.roles === "" ? "" : ` (${row.roles})`}: ${row.counts}${row.reason === undefined ? "" : `; ${row.reason}`}`;
    case "entry": {
      const { kind, title, danger } = row.entry;
      return `  ${kinds[kind]}: ${title}${danger === undefined ? "" : `. ${danger}`}`;
    }
  }
}
