import { minorVersion } from "./version.ts";

/** The sandbox image of each minor release from that one on, as kubeadm names it (`PauseVersion` in its constants). */
const pauseVersions: readonly (readonly [minor: number, version: string])[] = [
  [20, "3.2"],
  [21, "3.4.1"],
  [22, "3.5"],
  [23, "3.6"],
  [24, "3.7"],
  [25, "3.8"],
  [26, "3.9"],
  [31, "3.10"],
  [34, "3.10.1"],
  [36, "3.10.2"],
];

/**
 * The image every pod's sandbox runs, so that the container runtime uses the one kubeadm brings. Releases before 1.25
 * name it in their old registry.
 * @see https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/constants/constants.go
 */
export function pauseImage(version: string): string {
  const minor = minorVersion(version);
  const pause = pauseVersions.findLast(([from]) => from <= minor)?.[1] ?? "3.2";
  return `${minor < 25 ? "k8s.gcr.io" : "registry.k8s.io"}/pause:${pause}`;
}
