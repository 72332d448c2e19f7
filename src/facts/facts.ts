import type { KubernetesFacts } from "./kubernetes-facts.ts";

/** What was observed on a node in one read-only look; the base of preflight, plan and configuration. */
export interface Facts {
  readonly os: {
    readonly id: string;
    readonly version: string;
    readonly codename: string;
    readonly prettyName: string;
    /** The distributions this one descends from, e.g. `["debian"]`. */
    readonly like: readonly string[];
  };
  /** As Kubernetes spells it: `amd64`, `arm64`. */
  readonly architecture: string;
  readonly kernel: string;
  readonly hostname: string;
  /** Empty when the machine has none. */
  readonly machineId: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  /** 1 for v1 and hybrid, 2 for the unified hierarchy. */
  readonly cgroupVersion: 1 | 2;
  /** The controllers that are enabled: `cpu`, `memory`, … */
  readonly cgroupControllers: readonly string[];
  /** systemd is the init system. */
  readonly systemd: boolean;
  /** The kernel tells systemd when a cgroup gets empty; in a container with cgroup v1 it does not. */
  readonly toldOfEmptyCgroups: boolean;
  /** The name of process 1. */
  readonly init: string;
  /** False in some containers; then runc may not lower oom scores (containerd: restrict_oom_score_adj). */
  readonly mayRaiseResourceLimits: boolean;
  /** False in containers, whose clock is their host's business. */
  readonly maySetClock: boolean;
  readonly swapActive: boolean;
  /** The swap files and devices in use. */
  readonly swaps: readonly string[];
  /** Kernel parts by module name: in use or built in, loadable, or not there at all. */
  readonly kernelParts: Readonly<Record<string, "present" | "loadable" | "absent">>;
  /** Kernel build options as `y`, `m` or `n`; empty when the kernel does not tell. */
  readonly kernelOptions: Readonly<Record<string, string>>;
  /** Every address of the node with its interface and prefix length; the interface is empty where it cannot be told. */
  readonly addresses: readonly { readonly interface: string; readonly address: string; readonly prefix: number }[];
  readonly interfaces: readonly { readonly name: string; readonly mac: string; readonly mtu: number }[];
  readonly routes: readonly Route[];
  /** Listening sockets with the process that owns them where it can be told. */
  readonly listening: readonly Listener[];
  /** Milliseconds since the epoch; `nodeTime` is the node's clock in the middle of its `nodeSpent` milliseconds of work. */
  readonly clock: {
    readonly nodeTime: number;
    readonly askedAt: number;
    readonly answeredAt: number;
    readonly nodeSpent: number;
  };
  /** Bytes free for root's daemons, by the directory that will fill up; asked of its nearest existing parent. */
  readonly freeBytes: Readonly<Record<string, number>>;
  /** The file systems below those same directories. */
  readonly fileSystems: Readonly<Record<string, FileSystem>>;
  /** Versions of packages and tools that are there, by name; absent means not installed. */
  readonly installed: Readonly<Record<string, string>>;
  /** Paths of the commands Kubernetes calls, by name; absent means not there. */
  readonly commands: Readonly<Record<string, string>>;
  /** State of systemd units by name without `.service`; absent means no such unit. */
  readonly services: Readonly<Record<string, { readonly active: boolean; readonly enabled: boolean }>>;
  /** Base chains of the packet filter that see incoming or forwarded packets. */
  readonly filterChains: readonly FilterChain[];
  readonly selinux: "enforcing" | "permissive" | "off";
  readonly appArmor: boolean;
  /** Lines of /etc/hosts, split. */
  readonly hosts: readonly { readonly address: string; readonly names: readonly string[] }[];
  readonly nameServers: readonly string[];
  /** Proxy variables of root's and the login environment, in lower case; credentials in them are left out. */
  readonly proxies: Readonly<Record<string, string>>;
  readonly packages: {
    /** Packages dpkg left half done; not those of an installation of ours that was cut short, which the next run completes. */
    readonly broken: readonly string[];
    /** The process that holds dpkg's lock, absent when it is free. */
    readonly lockedBy?: string;
    /** The version apt would install of packages that are not there, where it knows one: `containerd`. */
    readonly candidates: Readonly<Record<string, string>>;
    /** `host:port` of each package source, or of the proxy when there is one. */
    readonly sources: readonly string[];
  };
  readonly kubernetes: KubernetesFacts;
}

export interface Route {
  /** A CIDR; `0.0.0.0/0` or `::/0` for the default route. */
  readonly destination: string;
  readonly via?: string;
  readonly interface?: string;
}

export interface Listener {
  readonly port: number;
  readonly protocol: "tcp" | "udp";
  /** Empty when the owner cannot be told. */
  readonly process: string;
  /** `0.0.0.0` or `::` for every address. */
  readonly address: string;
}

export interface FileSystem {
  readonly mountPoint: string;
  readonly totalBytes: number;
  readonly freeBytes: number;
  readonly type: string;
}

export interface FilterChain {
  /** Family and name, e.g. `inet filter`. */
  readonly table: string;
  readonly chain: string;
  readonly hook: "input" | "forward";
  readonly policy: "accept" | "drop";
}
