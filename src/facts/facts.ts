/** What was observed on a node in one read-only look; the base of preflight, plan and configuration. */
export interface Facts {
  readonly os: {
    readonly id: string;
    readonly version: string;
    readonly codename: string;
    readonly prettyName: string;
  };
  /** As Kubernetes spells it: `amd64`, `arm64`. */
  readonly architecture: string;
  readonly kernel: string;
  readonly hostname: string;
  readonly machineId: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  /** 1 for v1 and hybrid, 2 for the unified hierarchy. */
  readonly cgroupVersion: 1 | 2;
  /** The init system manages cgroups itself, so kubelet and containerd should use the `systemd` driver. */
  readonly systemd: boolean;
  /** False in some containers; then runc may not lower oom scores (containerd: restrict_oom_score_adj). */
  readonly mayRaiseResourceLimits: boolean;
  readonly swapActive: boolean;
  /** Every address of the node with its interface and prefix length. */
  readonly addresses: readonly { readonly interface: string; readonly address: string; readonly prefix: number }[];
  readonly routes: readonly { readonly destination: string; readonly via?: string; readonly interface?: string }[];
  /** Listening sockets with the process that owns them where it can be told. */
  readonly listening: readonly { readonly port: number; readonly protocol: "tcp" | "udp"; readonly process: string }[];
  /** Milliseconds since the epoch on the node, and how long the look took on the operator's clock. */
  readonly clock: { readonly nodeTime: number; readonly askedAt: number; readonly answeredAt: number };
  readonly freeBytes: Readonly<Record<string, number>>;
  /** Versions of packages and tools that are there, by name; absent means not installed. */
  readonly installed: Readonly<Record<string, string>>;
}
