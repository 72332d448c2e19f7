import type { Finding } from "../finding.ts";
import type { PartlyPreset } from "../salvage.ts";
import { firstPackagedMinor, minorOf } from "../versions.ts";

/** Whether the Kubernetes version can come from where the preset says. */
export function checkSource(preset: PartlyPreset): Finding[] {
  if (preset.spec?.topology?.static === undefined) return [];
  const { version, source } = preset.spec.kubernetes ?? {};
  if (version === undefined) return [];
  const fromCommunity =
    source === undefined || (source.packages !== undefined && source.packages.repository === undefined);
  const minor = minorOf(version);
  if (!fromCommunity || minor === undefined || minor >= firstPackagedMinor) return [];
  return [
    {
      severity: "warning",
      path: ["spec", "kubernetes", source === undefined ? "version" : "source"],
      message: `pkgs.k8s.io has packages from Kubernetes 1.${firstPackagedMinor} on, not ${version}; the nodes need another source`,
      hint: "give spec.kubernetes.source a bundle, binaries or a package repository that has this version",
    },
  ];
}
