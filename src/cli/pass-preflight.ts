import { InstallerError } from "../engine/errors.ts";
import { countFindings } from "../engine/findings.ts";
import { goOnWithout } from "./absent-nodes.ts";
import type { ClusterSession } from "./cluster-session.ts";
import { lookBeforehand, type PreflightWish } from "./look-beforehand.ts";
import type { AloneTools } from "./run-alone.ts";

/**
 * Looks at every node and tells all that is wrong on any of them. Gives the nodes the run has to do without.
 * @throws InstallerError `preflight-failed`, or what keeps nodes from being used at all when going on without them is
 * not safe or not wanted
 */
export async function passPreflight(
  session: ClusterSession,
  { reporter, context, ...wish }: AloneTools & PreflightWish,
): Promise<ReadonlyMap<string, InstallerError>> {
  const { report, absent, stop } = await lookBeforehand(session, { context, ...wish });
  reporter.emit({ type: "preflight", ...report });
  if (stop !== undefined) throw stop;
  const errors = countFindings(report.findings, "error");
  if (errors > 0) {
    throw new InstallerError("preflight-failed", {
      message: `Preflight found ${errors} ${errors === 1 ? "error" : "errors"}; nothing was changed on any node.`,
      nextSteps: ["Mend what is listed above, then run the same command again."],
    });
  }
  await goOnWithout(absent, { machines: session.machines, context });
  return new Map(absent.map(({ name, error }) => [name, error]));
}
