/** Who makes cgroups for pods; the kubelet and the container runtime must agree on it. */
export type CgroupDriver = "systemd" | "cgroupfs";

/** What decides about the driver; a part of a node's facts. */
export interface CgroupOwner {
  readonly systemd: boolean;
  readonly toldOfEmptyCgroups: boolean;
}

/**
 * Where systemd is the init system it owns the cgroup tree, so pods' cgroups are asked of it. Unless it is not told when
 * one gets empty: then it would take every pod's end for a hang, and wait 90 seconds.
 * @see https://kubernetes.io/docs/setup/production-environment/container-runtimes/#cgroup-drivers
 */
export function cgroupDriver({ systemd, toldOfEmptyCgroups }: CgroupOwner): CgroupDriver {
  return systemd && toldOfEmptyCgroups ? "systemd" : "cgroupfs";
}
