import { watchedKernelOptions } from "../../../src/facts/sections.ts";
import { FileSystem } from "./file-system.ts";

const programs = {
  "/usr/bin":
    "apt-cache apt-config apt-get awk base64 bash cat chmod chown cp cut date df dpkg dpkg-query env find flock getent grep head hostname id install journalctl kill ln ls mkdir mktemp mount mountpoint mv nproc nsenter perl pgrep rm rmdir sed setsid sh sha256sum sleep sort ss stat sync systemctl systemd-run tac tail timeout touch tr umount uname wc xargs zcat",
  "/usr/sbin": "ip modprobe swapoff swapon sysctl tc",
};

/** Kernel settings as a fresh machine has them. */
const settings: Readonly<Record<string, string>> = {
  "net/ipv4/ip_forward": "0",
  "vm/overcommit_memory": "0",
  "vm/panic_on_oom": "0",
  "kernel/panic": "0",
  "kernel/panic_on_oops": "0",
  "kernel/keys/root_maxkeys": "1000000",
  "kernel/keys/root_maxbytes": "25000000",
  "net/ipv4/conf/all/route_localnet": "0",
  "kernel/osrelease": "6.1.0-28-amd64",
};

/** A fresh Debian 12 on a virtual machine, as far as the installer looks at it; every machine begins as a copy. */
export function baseSystem(): FileSystem {
  const files = new FileSystem();
  for (const folder of ["/etc/systemd/system", "/run/systemd/system", "/proc/1", "/root", "/opt", "/dev/shm"]) {
    files.makeDirectory(folder);
  }
  for (const folder of [
    "/var/lib/dpkg",
    "/var/cache/apt",
    "/var/log",
    "/usr/libexec",
    "/usr/local/bin",
    "/usr/local/lib",
  ]) {
    files.makeDirectory(folder);
  }
  for (const folder of [
    "/sys/module/overlay",
    "/sys/fs/cgroup",
    "/proc/sys/net/netfilter",
    "/usr/lib/systemd/system",
  ]) {
    files.makeDirectory(folder);
  }
  for (const [folder, names] of Object.entries(programs)) {
    for (const name of names.split(" ")) files.plant(`${folder}/${name}`, `${name}\n`, 0o755);
  }
  for (const [path, target] of Object.entries({ "/bin": "usr/bin", "/sbin": "usr/sbin", "/lib": "usr/lib" })) {
    files.link(path, target);
  }
  files.makeDirectory("/tmp", 0o1777);
  files.device("/dev/null");
  for (const [name, value] of Object.entries(settings)) files.plant(`/proc/sys/${name}`, `${value}\n`);
  for (const [path, content] of Object.entries(plainFiles())) files.plant(path, content);
  return files;
}

function plainFiles(): Readonly<Record<string, string>> {
  const modules = "/usr/lib/modules/6.1.0-28-amd64";
  return {
    "/etc/os-release": [
      'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"',
      'NAME="Debian GNU/Linux"',
      'VERSION_ID="12"',
      "VERSION_CODENAME=bookworm",
      "ID=debian",
      "",
    ].join("\n"),
    "/etc/fstab": "/dev/vda1 / ext4 errors=remount-ro 0 1\n",
    "/etc/resolv.conf": "nameserver 172.16.0.1\n",
    "/etc/environment": "",
    "/etc/default/locale": "LANG=C.UTF-8\n",
    "/etc/apt/sources.list": "deb http://mirror.example.com/debian bookworm main\n",
    "/var/lib/dpkg/lock": "",
    "/var/lib/dpkg/lock-frontend": "",
    "/usr/lib/systemd/system/systemd-timesyncd.service": "[Service]\nExecStart=/usr/lib/systemd/systemd-timesyncd\n",
    "/proc/1/comm": "systemd\n",
    "/proc/1/status": "CapBnd:\t000001ffffffffff\n",
    "/proc/meminfo": "MemTotal:        8152340 kB\n",
    "/proc/swaps": "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n",
    "/proc/modules": "",
    "/proc/locks": "",
    "/proc/mounts": "/dev/vda1 / ext4 rw,relatime,errors=remount-ro 0 0\nproc /proc proc rw 0 0\n",
    "/proc/filesystems": "nodev\tsysfs\nnodev\tproc\nnodev\toverlay\n\text4\n",
    "/sys/fs/cgroup/cgroup.controllers": "cpuset cpu io memory hugetlb pids rdma misc\n",
    "/sys/module/apparmor/parameters/enabled": "Y\n",
    "/proc/sys/net/netfilter/nf_conntrack_max": "262144\n",
    "/proc/sys/net/netfilter/nf_conntrack_tcp_timeout_established": "432000\n",
    "/proc/sys/net/netfilter/nf_conntrack_tcp_timeout_close_wait": "60\n",
    "/boot/config-6.1.0-28-amd64": watchedKernelOptions.map((name) => `CONFIG_${name}=y\n`).join(""),
    [`${modules}/modules.dep`]: "kernel/net/bridge/br_netfilter.ko: kernel/net/bridge/bridge.ko\n",
    [`${modules}/modules.builtin`]: "kernel/fs/overlayfs/overlay.ko\nkernel/net/netfilter/nf_conntrack.ko\n",
  };
}
