import { formatBytes, GiB, MiB } from "../bytes.ts";
import { nodeCheck } from "../check.ts";
import type { NodeEvidence } from "../evidence.ts";
import { attempts, slowestMedian } from "../measure/disk.ts";

/** kubeadm refuses a control plane with fewer. */
export const processors = nodeCheck({
  id: "resources.cpus",
  looksAt: "number of CPUs",
  limit: "2 on a control plane",
  severity: "error",
  source: "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm/#before-you-begin",
  look: ({ facts: { cpus }, controlPlane }) =>
    controlPlane && cpus < 2
      ? [
          {
            severity: "error",
            message: "Too few CPUs for a control plane",
            measured: String(cpus),
            fix: "give the machine a second CPU, or use another one as control plane",
          },
        ]
      : [],
});

/** kubeadm's minimum for a control plane; below 1 GB a worker has no room for pods besides the system. */
export const memory = nodeCheck({
  id: "resources.memory",
  looksAt: "memory",
  limit: "1700 MiB on a control plane (error), 1 GB on a worker (warning)",
  severity: "error or warning",
  source: "https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/constants/constants.go",
  look: ({ facts: { memoryBytes }, controlPlane }) => {
    const needed = controlPlane ? 1700 * MiB : 1_000_000_000;
    if (memoryBytes >= needed) return [];
    return [
      {
        severity: controlPlane ? "error" : "warning",
        message: `Too little memory for a ${controlPlane ? "control plane" : "worker"}`,
        measured: `${Math.floor(memoryBytes / MiB)} MiB`,
        limit: `${Math.ceil(needed / MiB)} MiB`,
        fix: "give the machine more memory",
      },
    ];
  },
});

interface Need {
  readonly directory: string;
  readonly bytes: number;
  readonly onlyControlPlane?: boolean;
}

/** What the install writes: images unpacked and packed, binaries and packages, five etcd log files of 64 MB and its data. */
const needs: readonly Need[] = [
  { directory: "/", bytes: 1 * GiB },
  { directory: "/var/lib/containerd", bytes: 2 * GiB },
  { directory: "/var/lib/kubelet", bytes: 256 * MiB },
  { directory: "/var/lib/etcd", bytes: 512 * MiB, onlyControlPlane: true },
];

/** Directories on one file system need the sum; a full disk stops etcd and drives pods away. */
export const diskSpace = nodeCheck({
  id: "resources.disk",
  looksAt: "free space for the system, images, pods and, on control planes, etcd, before the first install",
  limit: `${needs.map(({ directory, bytes }) => `${formatBytes(bytes)} for ${directory}`).join(", ")}; the sum where they share a file system`,
  severity: "error",
  source: "https://etcd.io/docs/v3.5/op-guide/hardware/#disks",
  look: (node) => {
    if (node.facts.kubernetes.joined) return [];
    return [...needsByMountPoint(node)].flatMap(([mountPoint, { directories, needed, free }]) =>
      free >= needed
        ? []
        : [
            {
              severity: "error" as const,
              message: `Too little free space in ${mountPoint}${directories.join() === mountPoint ? "" : ` for ${directories.join(", ")}`}`,
              measured: `${formatBytes(free)} free`,
              limit: formatBytes(needed),
              fix: `free space in ${mountPoint} (\`du -xhd1 ${mountPoint} | sort -h\`, \`apt-get clean\`) or enlarge it`,
            },
          ],
    );
  },
});

function needsByMountPoint({ facts: { fileSystems }, controlPlane }: NodeEvidence) {
  const mounts = new Map<string, { directories: string[]; needed: number; free: number }>();
  for (const { directory, bytes, onlyControlPlane = false } of needs) {
    const fileSystem = fileSystems[directory];
    if (fileSystem === undefined || (onlyControlPlane && !controlPlane)) continue;
    const mount = mounts.get(fileSystem.mountPoint) ?? { directories: [], needed: 0, free: fileSystem.freeBytes };
    mount.directories.push(directory);
    mount.needed += bytes;
    mounts.set(fileSystem.mountPoint, mount);
  }
  return mounts;
}

const pressures = { "/var/lib/kubelet": 10, "/var/lib/containerd": 15 } as const;

/** Below these shares the kubelet taints its node and drives pods away, however large the disk is. */
export const diskPressure = nodeCheck({
  id: "resources.disk-pressure",
  looksAt: "share of free space for pods and images",
  limit: "10 % for /var/lib/kubelet, 15 % for /var/lib/containerd",
  severity: "warning",
  source: "https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/#hard-eviction-thresholds",
  look: ({ facts }) =>
    Object.entries(pressures).flatMap(([directory, minimum]) => {
      const fileSystem = facts.fileSystems[directory];
      if (fileSystem === undefined || fileSystem.totalBytes === 0) return [];
      const share = (100 * fileSystem.freeBytes) / fileSystem.totalBytes;
      if (share >= minimum) return [];
      return [
        {
          severity: "warning" as const,
          message: `The kubelet will drive pods away, because ${fileSystem.mountPoint} is nearly full`,
          measured: `${share.toFixed(1)} % free`,
          limit: `${minimum} % for ${directory}`,
          fix: `free space in ${fileSystem.mountPoint} or enlarge it`,
        },
      ];
    }),
});

/** etcd writes every change to disk before it answers; slower disks than these make it lose its leader. */
export const diskLatency = nodeCheck({
  id: "resources.disk-latency",
  looksAt: "time of small durable writes below /var/lib/etcd (writes one temporary file of 230 kB and removes it)",
  limit: `99 of 100 within 10 ms (warning), half of them within ${slowestMedian} ms in one of ${attempts} attempts (error), on control planes`,
  severity: "error or warning",
  source: "https://etcd.io/docs/v3.5/faq/#what-does-the-etcd-warning-failed-to-send-out-heartbeat-on-time-mean",
  look: ({ disk }) => {
    if (disk === undefined) return [];
    const measured = `median ${disk.median.toFixed(1)} ms, 99th percentile ${disk.p99.toFixed(1)} ms (${disk.samples} writes)`;
    const fix = `put ${disk.directory} on an SSD that no other service writes to`;
    if (disk.median > slowestMedian)
      return [{ severity: "error", message: "The disk is too slow for etcd", measured, fix }];
    if (disk.p99 <= 10) return [];
    return [{ severity: "warning", message: "The disk is slower than etcd wants it", measured, fix }];
  },
});
