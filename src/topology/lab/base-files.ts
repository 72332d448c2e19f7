/**
 * What a Debian machine has on its first day; everything Kubernetes needs beyond this is the installer's to add.
 * Without libpam-systemd: in a container with version 1 control groups systemd never hears that the last process of a
 * user's service manager is gone, and the next login waits two minutes for it.
 */
export const basePackages = [
  "systemd",
  "systemd-sysv",
  "dbus",
  "openssh-server",
  "sudo",
  "iproute2",
  "iputils-ping",
  "kmod",
  "procps",
  "netbase",
  "ca-certificates",
] as const;

/** Makes of a container what Kubernetes expects of a machine: writable control groups, shared mounts, no cloud metadata. */
const labNodeUnit = `[Unit]
Description=Make this container behave like a machine
DefaultDependencies=no
After=local-fs.target
Before=basic.target ssh.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/lib/lab-node

[Install]
WantedBy=basic.target
`;

const labNodeScript = `#!/bin/sh
set -eu
mount --make-rshared /
for folder in /sys/fs/cgroup/*; do
  if mountpoint --quiet "$folder" && [ ! -h "$folder" ]; then mount -o remount,bind,rw "$folder"; fi
done
ip route replace unreachable 169.254.0.0/16
`;

/** The machine is root's only through a key; passwords are for sudo. */
const sshdConfig = `HostKey /etc/ssh/ssh_host_ed25519_key
PasswordAuthentication no
KbdInteractiveAuthentication no
UseDNS no
`;

export interface BaseFile {
  readonly path: string;
  readonly content: string;
  readonly mode: number;
}

/** Files the base image has beyond its packages; they are there before the packages, which dpkg then need not sync. */
export const baseFiles: readonly BaseFile[] = [
  { path: "etc/dpkg/dpkg.cfg.d/lab", content: "force-unsafe-io\n", mode: 0o644 },
  { path: "etc/systemd/system/lab-node.service", content: labNodeUnit, mode: 0o644 },
  { path: "usr/local/lib/lab-node", content: labNodeScript, mode: 0o755 },
  { path: "etc/ssh/sshd_config.d/lab.conf", content: sshdConfig, mode: 0o644 },
  {
    path: "etc/apt/apt.conf.d/10lab",
    content: 'Acquire::Languages "none";\nAPT::Install-Recommends "true";\n',
    mode: 0o644,
  },
];

/** What is done in the new root file system once its packages are there. */
export const baseScript = `set -eu
systemctl enable lab-node.service ssh.service
systemctl mask getty.target console-getty.service apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer fstrim.timer
rm -f /etc/ssh/ssh_host_*_key* /etc/machine-id /var/lib/dbus/machine-id /etc/hostname /etc/resolv.conf
touch /etc/machine-id
rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/dpkg.log /var/log/bootstrap.log
apt-get clean
`;
