/** Something a node or the cluster does not fulfil: what was measured, what is wanted and how to get there. */
export interface Finding {
  /** An error stops the install; a warning is told and lets it go on. */
  readonly severity: "error" | "warning";
  /** Stable id of the check, e.g. `resources.memory`. */
  readonly check: string;
  /** Absent when it is about the cluster as a whole. */
  readonly node?: string;
  /** What is wrong, as a sentence without a full stop. */
  readonly message: string;
  readonly measured: string;
  readonly limit: string;
  /** What to do; commands stand in backticks. */
  readonly fix: string;
}

/** Everything one preflight found, on every node, in one pass. */
export interface PreflightReport {
  /** Errors before warnings, then in the order of the nodes. */
  readonly findings: readonly Finding[];
  readonly nodes: readonly string[];
  /** How many checks were made. */
  readonly checks: number;
  /** What could not be looked at, and why. */
  readonly notes: readonly string[];
}

/** How many findings of a severity there are. */
export function countFindings(findings: readonly Finding[], severity: Finding["severity"]): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

/** `Preflight of 3 nodes found 2 errors and 1 warning`. */
export function summariseFindings({ findings, nodes }: PreflightReport): string {
  const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;
  const parts = (["error", "warning"] as const).flatMap((severity) => {
    const count = countFindings(findings, severity);
    return count === 0 ? [] : [counted(count, severity)];
  });
  return `Preflight of ${counted(nodes.length, "node")} found ${parts.join(" and ") || "nothing to object to"}`;
}
