import { nodeCheck } from "../check.ts";
import { atLeast } from "../version.ts";

const oldest: Readonly<Record<string, string>> = { debian: "11", ubuntu: "20.04" };

/** Packages are installed with apt. */
export const operatingSystem = nodeCheck({
  id: "os.supported",
  looksAt: "distribution and package manager",
  limit: "Debian 11 or Ubuntu 20.04 or newer, or a descendant of them, with apt",
  severity: "error or warning",
  source: "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm/#before-you-begin",
  look: ({ facts: { os, commands } }) => {
    const measured = os.prettyName || os.id || "unknown";
    const family = [os.id, ...os.like].find((name) => name in oldest);
    const fix = "install Debian or Ubuntu on this machine, or take it out of the preset";
    if (family === undefined || commands["apt-get"] === undefined) {
      return [{ severity: "error", message: "This operating system is not supported", measured, fix }];
    }
    const minimum = oldest[os.id];
    if (minimum === undefined || os.version === "" || atLeast(os.version, minimum)) return [];
    return [{ severity: "warning", message: "This release is older than any we test", measured, fix }];
  },
});

/** The kubelet runs as a systemd unit. */
export const systemd = nodeCheck({
  id: "os.systemd",
  looksAt: "the init system",
  limit: "systemd is process 1",
  severity: "error",
  source: "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/kubelet-integration/",
  look: ({ facts }) =>
    facts.systemd
      ? []
      : [
          {
            severity: "error",
            message: "The machine was not started by systemd",
            measured: `process 1 is ${facts.init}`,
            fix: "`apt-get install systemd-sysv` and reboot",
          },
        ],
});

/** Everything installed on a node must be made for its processor. */
export const architecture = nodeCheck({
  id: "os.architecture",
  looksAt: "processor architecture",
  limit: "amd64 or arm64, and that of the bundle",
  severity: "error",
  source: "https://kubernetes.io/releases/download/",
  look: ({ facts }, { bundle }) => {
    const measured = facts.architecture;
    if (bundle !== undefined && bundle.architecture !== measured) {
      const fix = `make a bundle for ${measured} with \`kube-installer bundle create\`, or take the node out of the preset`;
      const limit = `${bundle.architecture}, as the bundle`;
      return [{ severity: "error", message: "The bundle is for another architecture", measured, limit, fix }];
    }
    if (measured === "amd64" || measured === "arm64") return [];
    const fix = "take the node out of the preset";
    return [{ severity: "error", message: "There is no Kubernetes for this architecture", measured, fix }];
  },
});

/** Pods would be swapped out unseen; the kubelet refuses to start. The install turns swap off. */
export const swap = nodeCheck({
  id: "os.swap",
  looksAt: "swap files and devices in use",
  limit: "none",
  severity: "warning",
  source: "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm/#swap-configuration",
  look: ({ facts }) =>
    facts.swapActive
      ? [
          {
            severity: "warning",
            message: "Swap is in use; the install turns it off",
            measured: facts.swaps.join(", "),
            fix: "`swapoff -a`, and take the swap lines out of /etc/fstab",
          },
        ]
      : [],
});

/** SELinux stops containers from reading the host's files unless it is told about them. */
export const accessControl = nodeCheck({
  id: "os.selinux",
  looksAt: "SELinux",
  limit: "off or permissive",
  severity: "warning",
  source: "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm/",
  look: ({ facts }) =>
    facts.selinux === "enforcing"
      ? [
          {
            severity: "warning",
            message: "SELinux may keep containers from files of the host",
            measured: "enforcing",
            fix: "`setenforce 0`, and SELINUX=permissive in /etc/selinux/config",
          },
        ]
      : [],
});

const timeKeepers = ["systemd-timesyncd", "chrony", "chronyd", "ntp", "ntpd", "ntpsec", "openntpd"];

/** Clocks that nobody sets drift apart. A container's clock is its host's business. */
export const timeService = nodeCheck({
  id: "clock.service",
  looksAt: "a service that keeps the clock right",
  limit: "systemd-timesyncd, chrony or ntp is running",
  severity: "warning",
  source: "https://etcd.io/docs/v3.5/op-guide/hardware/",
  look: ({ facts: { services, maySetClock } }) =>
    maySetClock && !timeKeepers.some((name) => services[name]?.active === true)
      ? [
          {
            severity: "warning",
            message: "Nothing keeps the clock right",
            measured: "no time service is running",
            fix: "`apt-get install systemd-timesyncd` or `systemctl enable --now systemd-timesyncd`",
          },
        ]
      : [],
});
