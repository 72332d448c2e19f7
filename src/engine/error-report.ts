import type { InstallerError } from "./errors.ts";
import type { ErrorReport } from "./events.ts";

/** The failure as plain data for events, journal and reports. */
export function errorReport(error: InstallerError): ErrorReport {
  return { code: error.code, message: error.message, ...error.details };
}
