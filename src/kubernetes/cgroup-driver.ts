/** Who makes cgroups for pods; the kubelet and the container runtime must agree on it. */
export type CgroupDriver = "systemd" | "cgroupfs";

/**
 * Where systemd is the init system it owns the cgroup tree, so pods' cgroups are asked of it.
 * @see https://kubernetes.io/docs/setup/production-environment/container-runtimes/#cgroup-drivers
 */
export function cgroupDriver({ systemd }: { readonly systemd: boolean }): CgroupDriver {
  return systemd ? "systemd" : "cgroupfs";
}
