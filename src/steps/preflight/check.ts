import type { Finding } from "../../engine/findings.ts";
import type { Evidence, NodeEvidence } from "./evidence.ts";

/** What a check found: a finding without the id, and without the limit where the check's own limit says it all. */
export type Found = Omit<Finding, "check" | "limit"> & { readonly limit?: string };

/** One thing preflight looks at, with what its documentation says. */
export interface Check {
  /** Stable, `family.name`. */
  readonly id: string;
  /** What is looked at, as a noun phrase. */
  readonly looksAt: string;
  /** What is accepted. */
  readonly limit: string;
  readonly severity: "error" | "warning" | "error or warning";
  /** Where the limit comes from. */
  readonly source: string;
  look(evidence: Evidence): readonly Found[];
}

interface NodeCheck extends Omit<Check, "look"> {
  look(node: NodeEvidence, evidence: Evidence): readonly Omit<Found, "node">[];
}

/** A check that looks at one node at a time; what it finds gets the node's name. */
export function nodeCheck({ look, ...check }: NodeCheck): Check {
  return {
    ...check,
    look: (evidence) =>
      evidence.nodes.flatMap((node) => look(node, evidence).map((found) => ({ ...found, node: node.name }))),
  };
}

/** Runs the checks over what was measured; errors come first, then the order of the nodes. */
export function applyChecks(checks: readonly Check[], evidence: Evidence): readonly Finding[] {
  const order = new Map(evidence.order.map((name, index) => [name, index]));
  const rank = ({ severity, node }: Finding) =>
    (severity === "error" ? 0 : 1_000_000) + (node === undefined ? -1 : (order.get(node) ?? 0));
  return checks
    .flatMap((check) => check.look(evidence).map((found) => ({ limit: check.limit, ...found, check: check.id })))
    .sort((left, right) => rank(left) - rank(right));
}
