import type { InstallerError } from "../engine/errors.ts";
import type { PreflightReport } from "../engine/findings.ts";
import { runPreflight } from "../steps/preflight/run.ts";
import { reasonToStop } from "./absent-nodes.ts";
import type { ClusterSession } from "./cluster-session.ts";
import type { CommandContext } from "./command-context.ts";
import type { AbsentNode } from "./connect-nodes.ts";

export interface PreflightWish {
  /** Write nothing, not even what would be removed again. */
  readonly dryRun: boolean;
  /** Stop when any node is absent. */
  readonly requireAllNodes?: boolean;
}

/** What is known before a plan is made. */
export interface Foreseen {
  readonly report: PreflightReport;
  /** Nodes to do without. */
  readonly absent: readonly AbsentNode[];
  /** Why nothing can be done without them. */
  readonly stop?: InstallerError;
}

/** Looks at every node for everything that would stop an install, and judges whether it can go on without those that are absent. */
export async function lookBeforehand(
  session: ClusterSession,
  { context, dryRun, requireAllNodes = false }: PreflightWish & { readonly context: CommandContext },
): Promise<Foreseen> {
  const { spec, nodes, machines, bundle } = session;
  const absent = [...session.absent];
  const report = await runPreflight({
    ...{ spec, nodes, absent: session.absent, dryRun, signal: context.signal },
    ...(bundle === undefined ? {} : { bundle }),
    onLost: (node) => absent.push(node),
  });
  const stop = reasonToStop(absent, { machines, requireAllNodes });
  return stop === undefined ? { report: withoutAbsent(report, absent), absent } : { report, absent, stop };
}

/** The same report with what concerns nodes the run does without as warnings, after all errors. */
function withoutAbsent(report: PreflightReport, absent: readonly AbsentNode[]): PreflightReport {
  const names = new Set(absent.map(({ name }) => name));
  const findings = report.findings.map((finding) =>
    finding.node !== undefined && names.has(finding.node) ? { ...finding, severity: "warning" as const } : finding,
  );
  const rank = ({ severity }: { severity: string }) => (severity === "error" ? 0 : 1);
  return { ...report, findings: findings.sort((left, right) => rank(left) - rank(right)) };
}
