import { spawnSync } from "node:child_process";
import { InstallerError } from "../../../engine/errors.ts";
import hostPackages from "./host-packages.json" with { type: "json" };
import { nameABundle } from "./name-a-bundle.ts";

/**
 * Refuses to start a build that would stop half-way for want of a compiler.
 * @throws InstallerError `preflight-failed` with the apt-get line that helps
 */
export function requireHostPackages(): void {
  const missing = Object.entries(hostPackages).filter(([name]) => !isInstalled(name));
  if (missing.length === 0) return;
  const names = missing.map(([name]) => name);
  throw new InstallerError("preflight-failed", {
    message: [
      `Building Kubernetes from Debian's source package needs Debian packages that are not installed:`,
      ...missing.map(([name, purpose]) => `  ${name}: ${purpose}`),
    ].join("\n"),
    nextSteps: [`\`apt-get install -y --no-install-recommends ${names.join(" ")}\``, `or ${nameABundle}`],
  });
}

function isInstalled(name: string): boolean {
  const { stdout, status } = spawnSync("dpkg-query", ["--status", name], { encoding: "utf8" });
  return status === 0 && /^Status: .* installed$/m.test(stdout);
}
