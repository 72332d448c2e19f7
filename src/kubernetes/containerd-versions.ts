import { minorVersion } from "./version.ts";

/** Which containerd releases can serve a Kubernetes release. */
export interface ContainerdRange {
  /** The first that can, `major.minor`. */
  readonly from: string;
  /** The first that no longer can. */
  readonly before?: string;
}

/**
 * Kubernetes up to 1.22 speaks CRI v1alpha2, which containerd 2.0 dropped; from 1.26 on it speaks v1 only, which
 * containerd has since 1.6; from 1.36 on the kubelet asks the runtime for its cgroup driver, which containerd 2 can tell.
 * @see https://containerd.io/releases/#kubernetes-support
 */
export function containerdRange(kubernetesVersion: string): ContainerdRange {
  const minor = minorVersion(kubernetesVersion);
  if (minor <= 22) return { from: "1.4", before: "2.0" };
  if (minor <= 25) return { from: "1.5" };
  return minor <= 35 ? { from: "1.6" } : { from: "2.0" };
}

/** Whether a containerd release, e.g. `1.6.20~ds1`, lies in the range. */
export function isInRange(version: string, { from, before }: ContainerdRange): boolean {
  return atLeast(version, from) && (before === undefined || !atLeast(version, before));
}

/** Whether the release is the given `major.minor` or a later one. */
export function atLeast(version: string, other: string): boolean {
  const [major, minor] = numbers(version);
  const [otherMajor, otherMinor] = numbers(other);
  return major !== otherMajor ? major > otherMajor : minor >= otherMinor;
}

function numbers(version: string): readonly [number, number] {
  const [, major = "0", minor = "0"] = /(\d+)\.(\d+)/.exec(version) ?? [];
  return [Number(major), Number(minor)];
}
