import { InstallerError } from "../engine/errors.ts";
import { countFindings, type PreflightReport } from "../engine/findings.ts";
import { runPreflight } from "../steps/preflight/run.ts";
import { goOnWithout, reasonToStop } from "./absent-nodes.ts";
import type { ClusterSession } from "./cluster-session.ts";
import type { AbsentNode } from "./connect-nodes.ts";
import type { AloneTools } from "./run-alone.ts";

export interface PreflightWish {
  /** Write nothing, not even what would be removed again. */
  readonly dryRun?: boolean;
  /** Stop when any node is absent. */
  readonly requireAllNodes?: boolean;
}

/**
 * Looks at every node and tells all that is wrong on any of them. Gives the nodes the run has to do without.
 * @throws InstallerError `preflight-failed`, or what keeps nodes from being used at all when going on without them is
 * not safe or not wanted
 */
export async function passPreflight(
  session: ClusterSession,
  { reporter, context, dryRun = false, requireAllNodes = false }: AloneTools & PreflightWish,
): Promise<ReadonlyMap<string, InstallerError>> {
  const { spec, nodes, machines, bundle } = session;
  const absent = [...session.absent];
  const report = await runPreflight({
    ...{ spec, nodes, absent: session.absent, dryRun, signal: context.signal },
    ...(bundle === undefined ? {} : { bundle }),
    onLost: (node) => absent.push(node),
  });
  const stop = reasonToStop(absent, { machines, requireAllNodes });
  const judged = stop === undefined ? withoutAbsent(report, absent) : report;
  reporter.emit({ type: "preflight", ...judged });
  if (stop !== undefined) throw stop;
  const errors = countFindings(judged.findings, "error");
  if (errors > 0) {
    throw new InstallerError("preflight-failed", {
      message: `Preflight found ${errors} ${errors === 1 ? "error" : "errors"}; nothing was changed on any node.`,
      nextSteps: ["Mend what is listed above, then run the same command again."],
    });
  }
  await goOnWithout(absent, { machines, context });
  return new Map(absent.map(({ name, error }) => [name, error]));
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
