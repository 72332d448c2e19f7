import { type Finding, type PreflightReport, summariseFindings } from "../../engine/findings.ts";
import { commonReason, type EntryKind, type ReviewEntry } from "../../engine/review.ts";
import type { Foreseen } from "../services.ts";

/** One line of the review. */
export type PlanRow =
  | {
      readonly id: string;
      readonly kind: "node";
      readonly name: string;
      readonly roles: string;
      readonly counts: string;
      /** What all its entries would say. */
      readonly reason?: string;
    }
  | { readonly id: string; readonly kind: "entry"; readonly entry: ReviewEntry }
  | {
      readonly id: string;
      readonly kind: "note";
      readonly text: string;
      readonly severity: Finding["severity"] | "plain";
    };

const order: readonly EntryKind[] = ["danger", "create", "change", "unknown", "satisfied"];
const words: Readonly<Record<EntryKind, string>> = {
  danger: "dangerous",
  create: "to create",
  change: "to change",
  unknown: "not looked at",
  satisfied: "as wanted",
};

/** What the review shows: findings first, then node after node with what changes there; what is as wanted on request. */
export function planRows({ nodes, review, preflight }: Foreseen, withSatisfied: boolean): readonly PlanRow[] {
  const groups = [
    ...nodes.map(({ name, roles }) => ({ name, roles: roles.join(", ") })),
    { name: undefined, roles: "" },
  ];
  return [
    ...(preflight === undefined ? [] : findingRows(preflight)),
    ...groups.flatMap(({ name, roles }): PlanRow[] => {
      const entries = review.entries.filter(({ node }) => node === name);
      if (entries.length === 0) return [];
      const shown = entries.filter(({ kind }) => withSatisfied || kind !== "satisfied");
      const title = name ?? "cluster";
      const reason = commonReason(entries);
      const about = { name: title, roles, counts: countsInWords(entries) };
      return [
        { id: `node ${title}`, kind: "node", ...about, ...(reason === undefined ? {} : { reason }) },
        ...shown.map(
          (entry): PlanRow => ({
            ...{ id: entry.key, kind: "entry" },
            entry: reason === undefined ? entry : { ...entry, saw: "" },
          }),
        ),
      ];
    }),
  ];
}

/** `1 dangerous, 12 to create, 3 as wanted` */
export function countsInWords(entries: readonly Pick<ReviewEntry, "kind">[]): string {
  const parts = order.flatMap((kind) => {
    const count = entries.filter((entry) => entry.kind === kind).length;
    return count === 0 ? [] : [`${count} ${words[kind]}`];
  });
  return parts.join(", ") || "nothing to do";
}

function findingRows(report: PreflightReport): PlanRow[] {
  const rows = report.findings.map(
    (finding, index): PlanRow => ({
      id: `finding ${index}`,
      kind: "note",
      severity: finding.severity,
      text: `${finding.node ?? "cluster"}: ${finding.message} (${finding.measured}, wanted ${finding.limit}). ${finding.fix}`,
    }),
  );
  return [{ id: "preflight", kind: "note", severity: "plain", text: summariseFindings(report) }, ...rows];
}
