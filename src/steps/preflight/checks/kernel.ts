import { minorOf } from "../../../preset/versions.ts";
import { nodeCheck } from "../check.ts";
import { atLeast } from "../version.ts";

const validators = "https://github.com/kubernetes/system-validators/blob/master/validators/types_unix.go";

/** What kubeadm's own system verification accepts, by Kubernetes version. */
export const kernelVersion = nodeCheck({
  id: "kernel.version",
  looksAt: "kernel version",
  limit: "3.10 or newer; from Kubernetes 1.32 on 4.19 or 5.x and newer; from 1.35 on 5.4, 5.10, 5.15 or 6.x and newer",
  severity: "error or warning",
  source: validators,
  look: ({ facts: { kernel } }, { spec }) => {
    const minor = minorOf(spec.kubernetes.version) ?? 0;
    const fix = "install a newer kernel of your distribution and reboot";
    const minimum = minor >= 35 ? "5.4" : minor >= 32 ? "4.19" : "3.10";
    if (!atLeast(kernel, minimum)) {
      const message = `The kernel is too old for Kubernetes ${spec.kubernetes.version}`;
      return [{ severity: "error", message, measured: kernel, limit: `${minimum} or newer`, fix }];
    }
    if (minor < 35 || atLeast(kernel, "6.0") || /^5\.(?:4|10|15)\D/.test(`${kernel}.`)) return [];
    return [{ severity: "warning", message: "The kernel has no long-term support", measured: kernel, fix }];
  },
});

/** Containers need overlayfs, Services need connection tracking, bridged pods need bridge filtering. */
export const kernelParts = nodeCheck({
  id: "kernel.parts",
  looksAt: "overlay, br_netfilter and nf_conntrack",
  limit: "built in or loadable",
  severity: "error",
  source: "https://kubernetes.io/docs/setup/production-environment/container-runtimes/#prerequisites",
  look: ({ facts }) =>
    Object.entries(facts.kernelParts).flatMap(([name, state]) =>
      state === "absent"
        ? [
            {
              severity: "error" as const,
              message: `The kernel has no ${name}`,
              measured: "neither built in nor a module",
              fix: `install the full kernel package (\`apt-get install linux-image-amd64\`, Ubuntu: \`linux-modules-extra-${facts.kernel}\`) and reboot`,
            },
          ]
        : [],
    ),
});

const always = ["NAMESPACES", "NET_NS", "PID_NS", "IPC_NS", "UTS_NS", "CPUSETS", "MEMCG", "INET", "PROC_FS"];
const others = ["NETFILTER_XT_MATCH_COMMENT", "FAIR_GROUP_SCHED", "CGROUPS", "CGROUP_PIDS", "CGROUP_SCHED"];
const firstCgroups = ["CGROUP_CPUACCT", "CGROUP_DEVICE", "CGROUP_FREEZER"];

/** The build options kubeadm's system verification demands, where the kernel tells its options. */
export const kernelOptions = nodeCheck({
  id: "kernel.options",
  looksAt: "build options of the kernel (where /proc/config.gz or /boot/config-* tells them)",
  limit: "those of kubeadm's system verification",
  severity: "error",
  source: validators,
  look: ({ facts: { kernelOptions: options, cgroupVersion } }) => {
    if (Object.keys(options).length === 0) return [];
    const wanted = [...always, ...others, ...(cgroupVersion === 1 ? firstCgroups : ["CGROUP_BPF"])];
    const missing = wanted.filter((name) => options[name] !== "y" && options[name] !== "m");
    if (missing.length === 0) return [];
    const measured = missing.map((name) => `CONFIG_${name}`).join(", ");
    const fix = "boot the distribution's own kernel";
    return [{ severity: "error", message: "The kernel was built without options Kubernetes needs", measured, fix }];
  },
});

/** The kubelet refuses cgroup v1 by default from 1.35 on; support has been in maintenance since 1.31. */
export const cgroupVersion = nodeCheck({
  id: "kernel.cgroup-version",
  looksAt: "cgroup hierarchy against the Kubernetes version",
  limit: "v2 from Kubernetes 1.35 on (a warning from 1.31 on)",
  severity: "error or warning",
  source: "https://kubernetes.io/docs/concepts/architecture/cgroups/#deprecation-of-cgroup-v1",
  look: ({ facts }, { spec }) => {
    const minor = minorOf(spec.kubernetes.version) ?? 0;
    if (facts.cgroupVersion === 2 || minor < 31) return [];
    const severity = minor >= 35 ? "error" : "warning";
    const message = `Kubernetes ${spec.kubernetes.version} ${minor >= 35 ? "refuses" : "hardly supports"} cgroup v1`;
    const fix =
      "add `systemd.unified_cgroup_hierarchy=1` to GRUB_CMDLINE_LINUX in /etc/default/grub, `update-grub`, reboot";
    return [{ severity, message, measured: "cgroup v1", fix }];
  },
});

/** Without these controllers the kubelet cannot limit or count what pods use. */
export const cgroupControllers = nodeCheck({
  id: "kernel.cgroup-controllers",
  looksAt: "enabled cgroup controllers",
  limit: "cpu, cpuset, memory and pids; with cgroup v1 also cpuacct, devices and freezer",
  severity: "error",
  source: validators,
  look: ({ facts: { cgroupControllers: enabled, cgroupVersion: version } }) => {
    const wanted = ["cpu", "cpuset", "memory", "pids", ...(version === 1 ? ["cpuacct", "devices", "freezer"] : [])];
    const missing = wanted.filter((name) => !enabled.includes(name));
    if (missing.length === 0) return [];
    const fix = `add \`${missing.map((name) => `cgroup_enable=${name}`).join(" ")}\` to the kernel command line and reboot`;
    return [{ severity: "error", message: "cgroup controllers are switched off", measured: missing.join(", "), fix }];
  },
});
