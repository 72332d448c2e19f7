import type { InstallerError } from "./errors.ts";
import type { ErrorReport } from "./events.ts";

/** The failure as plain data for events, journal and reports. */
export function errorReport(error: InstallerError): ErrorReport {
  const { failures, ...details } = error.details;
  const report = { code: error.code, message: error.message, ...details };
  return failures === undefined ? report : { ...report, failures: failures.map(errorReport) };
}
