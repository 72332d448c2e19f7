import { type Finding, type PreflightReport, summariseFindings } from "../engine/findings.ts";
import { redact } from "../engine/secret.ts";

/**
 * A preflight report as lines for people: each finding with the nodes it is about, what was seen, what is wanted and
 * the fix; errors first, the summary last, where it is still on the screen.
 */
export function preflightReportLines(report: PreflightReport): readonly string[] {
  return [
    ...merged(report.findings).flatMap(({ finding, nodes }) => [...findingLines(finding, nodes), ""]),
    ...report.notes.map((note) => `note: ${printable(note)}`),
    `${summariseFindings(report)} (${report.checks} checks).`,
  ];
}

function findingLines({ severity, check, message, measured, limit, fix }: Finding, nodes: readonly string[]) {
  return [
    `${severity}[${check}] on ${nodes.length === 0 ? "the cluster" : listed(nodes)}: ${printable(message)}`,
    `  seen:   ${printable(measured)}`,
    `  wanted: ${printable(limit)}`,
    `  fix:    ${printable(fix)}`,
  ];
}

/** One entry for what is word for word the same on several nodes. */
function merged(findings: readonly Finding[]): readonly { finding: Finding; nodes: readonly string[] }[] {
  const entries = new Map<string, { finding: Finding; nodes: string[] }>();
  for (const finding of findings) {
    const { node, ...same } = finding;
    const key = JSON.stringify(same);
    const entry = entries.get(key) ?? { finding, nodes: [] };
    if (node !== undefined) entry.nodes.push(node);
    entries.set(key, entry);
  }
  return [...entries.values()];
}

/** Names up to ten nodes. */
function listed(nodes: readonly string[]): string {
  const [named, more] = [nodes.slice(0, 10), Math.max(0, nodes.length - 10)];
  return `${named.join(", ")}${more === 0 ? "" : ` and ${more} more`}`;
}

/** What a machine said must not move the cursor, and what is secret must not be seen. */
function printable(text: string): string {
  return redact(text).replaceAll(/\s*[\p{Cc}\u2028\u2029]+\s*/gu, " ");
}
