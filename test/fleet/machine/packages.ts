/** A Debian package as far as the installer can tell that it is there. */
export interface Package {
  readonly version: string;
  /** Programs it brings, as absolute paths. */
  readonly programs: readonly string[];
  /** Other files it brings, by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly depends?: readonly string[];
  /** A unit that is enabled when the package is installed. */
  readonly enables?: string;
}

/** What the machines' package mirror has besides what every machine comes with. */
export const mirror: Readonly<Record<string, Package>> = {
  conntrack: { version: "1:1.4.7-1+b2", programs: ["/usr/sbin/conntrack"], depends: ["libnetfilter-conntrack3"] },
  containerd: {
    version: "1.6.20~ds1-1+deb12u3",
    programs: ["/usr/bin/containerd", "/usr/bin/containerd-shim-runc-v2", "/usr/bin/ctr"],
    files: { "/usr/lib/systemd/system/containerd.service": "[Service]\nExecStart=/usr/bin/containerd\n" },
    depends: ["runc"],
    enables: "containerd.service",
  },
  "containernetworking-plugins": {
    version: "1.1.1+ds1-3+b5",
    programs: ["/usr/lib/cni/bridge", "/usr/lib/cni/host-local", "/usr/lib/cni/portmap"],
  },
  ebtables: { version: "2.0.11-5", programs: ["/usr/sbin/ebtables"] },
  ethtool: { version: "1:6.1-1", programs: ["/usr/sbin/ethtool"] },
  iptables: {
    version: "1.8.9-2",
    programs: ["iptables", "iptables-save", "iptables-restore", "iptables-nft-save", "iptables-nft-restore"].map(
      (name) => `/usr/sbin/${name}`,
    ),
    depends: ["libxtables12"],
  },
  "libnetfilter-conntrack3": { version: "1.0.9-3", programs: [] },
  libxtables12: { version: "1.8.9-2", programs: [] },
  runc: { version: "1.1.5+ds1-1+deb12u1", programs: ["/usr/sbin/runc"] },
  socat: { version: "1.7.4.4-2", programs: ["/usr/bin/socat"] },
};

/** What every machine comes with, as the installer asks for it. */
export const preinstalled: Readonly<Record<string, string>> = {
  iproute2: "6.1.0-3",
  kmod: "30+20221128-1",
  mount: "2.38.1-5+deb12u3",
  procps: "2:4.0.2-3",
  "systemd-timesyncd": "252.33-1~deb12u1",
  sudo: "1.9.13p3-1+deb12u1",
  "util-linux": "2.38.1-5+deb12u3",
};
