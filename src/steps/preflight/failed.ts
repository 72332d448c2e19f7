import { InstallerError } from "../../engine/errors.ts";
import { countFindings, formatFinding, type PreflightReport, summariseFindings } from "../../engine/findings.ts";

/** The error a preflight with error findings ends with; it lists them all, each with what puts it right. */
export function preflightFailed(report: PreflightReport): InstallerError {
  const errors = report.findings.filter(({ severity }) => severity === "error");
  const unreachable = errors.every(({ check }) => check.startsWith("access."));
  return new InstallerError(unreachable ? "unreachable" : "preflight-failed", {
    message: [`${summariseFindings(report)}; nothing was changed.`, ...errors.map(formatFinding)].join("\n"),
    nextSteps: ["Put each one right as it says, then run the same command again."],
  });
}

/** Whether anything was found that an install must not begin with. */
export function hasErrors(report: PreflightReport): boolean {
  return countFindings(report.findings, "error") > 0;
}
