import { InstallerError } from "../engine/errors.ts";
import { countFindings } from "../engine/findings.ts";
import { runPreflight } from "../steps/preflight/run.ts";
import type { ClusterSession } from "./cluster-session.ts";
import { joinAbsent } from "./connect-nodes.ts";
import type { AloneTools } from "./run-alone.ts";

/**
 * Looks at every node and tells all that is wrong on any of them.
 * @throws InstallerError `preflight-failed`, or what keeps nodes from being used at all
 */
export async function passPreflight(session: ClusterSession, { reporter, context }: AloneTools): Promise<void> {
  const { spec, nodes, absent, bundle } = session;
  const ground = { spec, nodes, absent, ...(bundle === undefined ? {} : { bundle }) };
  const report = await runPreflight({ ...ground, signal: context.signal });
  reporter.emit({ type: "preflight", ...report });
  const unusable = joinAbsent(absent, nodes.length + absent.length);
  if (unusable !== undefined) throw unusable;
  const errors = countFindings(report.findings, "error");
  if (errors === 0) return;
  throw new InstallerError("preflight-failed", {
    message: `Preflight found ${errors} ${errors === 1 ? "error" : "errors"}; nothing was changed on any node.`,
    nextSteps: ["Mend what is listed above, then run the same command again."],
  });
}
