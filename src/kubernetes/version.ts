import { InstallerError } from "../engine/errors.ts";

/**
 * The minor version as a number, because most differences between releases follow it: `1.20.2` → 20.
 * @throws InstallerError `bug` for text that is no Kubernetes 1.x version
 */
export function minorVersion(version: string): number {
  const minor = /^v?1\.(\d+)(?:\.\d+)?(?:[-+].*)?$/.exec(version)?.[1];
  if (minor === undefined) throw new InstallerError("bug", { message: `Not a Kubernetes version: ${version}` });
  return Number(minor);
}
