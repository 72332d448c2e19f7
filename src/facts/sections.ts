import { type Command, sh } from "../ssh/shell.ts";
import { isLeftBy, unsettledPackages } from "./unsettled-packages.ts";

/** Directories that fill up on a node. */
export const watchedDirectories = ["/", "/var/lib/containerd", "/var/lib/kubelet", "/var/lib/etcd"] as const;

/** Kernel parts a node needs, by module name. */
export const watchedKernelParts = ["overlay", "br_netfilter", "nf_conntrack"] as const;

/** Units whose state matters: ours, other container runtimes, firewalls and time keepers. */
export const watchedServices = [
  ...["kubelet", "containerd", "docker", "crio", "firewalld", "ufw", "nftables"],
  ...["systemd-timesyncd", "chrony", "chronyd", "ntp", "ntpd", "ntpsec", "openntpd"],
] as const;

/** Packages whose version, presence or absence decides something. */
export const watchedPackages = [
  ...["containerd", "containerd.io", "runc", "docker.io", "docker-ce", "moby-engine", "cri-o", "crun", "podman"],
  ...["kubelet", "kubeadm", "kubectl", "kubernetes-cni", "cri-tools", "containernetworking-plugins"],
  ...["conntrack", "socat", "iptables", "nftables", "ebtables", "ethtool", "ipset", "iproute2", "kmod", "procps"],
  ...["haproxy", "etcd-server", "etcd-client", "firewalld", "ufw", "chrony", "systemd-timesyncd", "ntpsec", "sudo"],
] as const;

/** Commands kubeadm and kubelet call. */
export const watchedCommands = [
  ...["conntrack", "ip", "iptables", "mount", "nsenter", "ebtables", "ethtool", "socat", "tc", "touch", "modprobe"],
  ...["iptables-save", "pgrep", "sysctl"],
  ...["containerd", "runc", "crictl", "ctr", "kubelet", "kubeadm", "kubectl", "perl", "bash", "apt-get"],
] as const;

/** Build options that matter. @see https://github.com/kubernetes/system-validators/blob/master/validators/types_unix.go */
export const watchedKernelOptions = [
  ...["NAMESPACES", "NET_NS", "PID_NS", "IPC_NS", "UTS_NS", "CPUSETS", "MEMCG", "INET", "PROC_FS", "FAIR_GROUP_SCHED"],
  ...["CGROUPS", "CGROUP_CPUACCT", "CGROUP_DEVICE", "CGROUP_FREEZER", "CGROUP_PIDS", "CGROUP_SCHED", "CGROUP_BPF"],
  ...[
    "NETFILTER_XT_TARGET_REDIRECT",
    "NETFILTER_XT_MATCH_COMMENT",
    "OVERLAY_FS",
    "EXT4_FS",
    "SECCOMP",
    "CFS_BANDWIDTH",
  ],
] as const;

/** The questions of the probe, by the name their answer carries; each one only reads, and may fail alone. */
export const sections = {
  "started-at": sh`date +%s%N`,
  os: sh`cat /etc/os-release || cat /usr/lib/os-release`,
  system: sh`uname -m
    uname -r
    cat /proc/sys/kernel/hostname
    cat /proc/1/comm
    nproc
    stat -fc %T /sys/fs/cgroup
    cat /etc/machine-id`,
  memory: sh`grep MemTotal: /proc/meminfo`,
  capabilities: sh`grep CapBnd: /proc/1/status`,
  cgroups: sh`cat /sys/fs/cgroup/cgroup.controllers || cat /proc/cgroups`,
  systemd: sh`[ -d /run/systemd/system ] && echo yes
[ "$(stat -fc %T /sys/fs/cgroup)" = cgroup2fs ] || [ -s /sys/fs/cgroup/systemd/release_agent ] && echo told`,
  swaps: sh`cat /proc/swaps`,
  "kernel-parts": sh`modules=/lib/modules/$(uname -r)
    for part in ${watchedKernelParts}; do
      if [ -d /sys/module/$part ] || grep -qw $part /proc/filesystems; then echo "$part present"
      elif grep -q "/$part\\.ko" $modules/modules.builtin; then echo "$part present"
      elif grep -q "/$part\\.ko" $modules/modules.dep; then echo "$part loadable"
      elif [ $part = br_netfilter ] && [ -d /proc/sys/net/bridge ]; then echo "$part present"
      elif [ $part = nf_conntrack ] && [ -e /proc/sys/net/netfilter/nf_conntrack_max ]; then echo "$part present"
      else echo "$part absent"; fi
    done`,
  "kernel-options": sh`pattern=$(printf 'CONFIG_%s[= ]|' ${watchedKernelOptions})
    if [ -r /proc/config.gz ]; then zcat /proc/config.gz; else cat /boot/config-$(uname -r); fi | grep -E "\${pattern%|}"`,
  addresses: sh`ip -o addr show`,
  interfaces: sh`ip -o link show`,
  routes: sh`ip -o route show table main; ip -o -6 route show table main`,
  "kernel-addresses": sh`command -v ip >/dev/null || { cat /proc/net/fib_trie; echo; cat /proc/net/if_inet6; }`,
  "kernel-interfaces": sh`command -v ip >/dev/null || grep -H . /sys/class/net/*/mtu /sys/class/net/*/address`,
  "kernel-routes": sh`command -v ip >/dev/null || cat /proc/net/route`,
  sockets: sh`ss -Hlntup`,
  "kernel-sockets": sh`command -v ss >/dev/null || for kind in tcp tcp6 udp udp6; do sed "s/^/$kind /" /proc/net/$kind; done`,
  "socket-owners": sh`command -v ss >/dev/null || {
      grep -H . /proc/[0-9]*/comm
      ls -l /proc/[0-9]*/fd | grep -E '^/proc/|socket:'
    }`,
  "file-systems": sh`for directory in ${watchedDirectories}; do
      existing=$directory
      until [ -d "$existing" ]; do existing=\${existing%/*}; [ -n "$existing" ] || existing=/; done
      printf '%s ' "$directory"
      df -PTk "$existing" | tail -n 1
    done`,
  packages: sh`dpkg-query -W -f '\${binary:Package} \${db:Status-Abbrev} \${Version}\\n' ${watchedPackages}`,
  commands: sh`for name in ${watchedCommands}; do command -v $name; done`,
  versions: sh`version() {
      path=$(command -v $1) || return 0
      line=$("$@" 2>/dev/null | head -n 1)
      printf '%s %s\\n' "$1" "$line"
    }
    version kubelet --version & version kubeadm version -o short & version kubectl version --client &
    version containerd --version & version runc --version & version crictl --version &
    wait`,
  services: sh`systemctl show -p Id,LoadState,ActiveState,UnitFileState ${watchedServices}`,
  "filter-chains": sh`policies() { for chain in INPUT FORWARD; do printf '%s ' "$1"; "$1" -S $chain | head -n 1; done; }
    nft list chains || { iptables --version | grep -q nf_tables && policies iptables; }
    grep -qx filter /proc/net/ip_tables_names && policies iptables-legacy`,
  security: sh`printf 'selinux '; cat /sys/fs/selinux/enforce || echo
    printf 'apparmor '; cat /sys/module/apparmor/parameters/enabled || echo`,
  hosts: sh`cat /etc/hosts`,
  resolver: sh`cat /run/systemd/resolve/resolv.conf || cat /etc/resolv.conf`,
  proxies: sh`env | grep -i '_proxy='; grep -ih '_proxy=' /etc/environment /etc/default/locale`,
  "dpkg-lock": sh`for inode in $(stat -c %i /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock); do
      grep ":$inode " /proc/locks | while read -r number kind advice access pid rest; do
        echo "$pid $(cat /proc/$pid/comm)"
      done
    done`,
  "dpkg-audit": sh`${unsettledPackages} | while read -r state name version configured; do
      ${isLeftBy} /var/lib/kube-installer/*/transaction || echo "$state $name"
    done`,
  "package-candidates": sh`command -v containerd >/dev/null ||
    apt-cache -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= policy containerd`,
  "package-sources": sh`apt-config dump Acquire::http::Proxy
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list
    grep -ihE '^(URIs|Enabled):' /etc/apt/sources.list.d/*.sources`,
  "kubernetes-files": sh`cd /etc/kubernetes && ls -d "$PWD"/*.conf "$PWD"/manifests/*.yaml "$PWD"/pki/*.crt "$PWD"/pki/etcd/*.crt`,
  "kubernetes-state": sh`[ -n "$(ls -A /var/lib/etcd)" ] && echo etcd-data
    [ -e /var/lib/kubelet/config.yaml ] && echo kubelet-config
    for name in $(ls /etc/cni/net.d); do echo "network $name"; done
    for path in /run/containerd/containerd.sock /run/docker.sock /run/crio/crio.sock /run/cri-dockerd.sock; do
      [ -S $path ] && echo "socket $path"
    done`,
  "kubernetes-server": sh`grep -h '^ *server:' /etc/kubernetes/kubelet.conf /etc/kubernetes/bootstrap-kubelet.conf /etc/kubernetes/admin.conf`,
  "kubernetes-claim": sh`cat /var/lib/kube-installer/kubeadm`,
  "kubernetes-ca": sh`cat /etc/kubernetes/pki/ca.crt`,
  "ended-at": sh`date +%s%N`,
} satisfies Record<string, Command>;

export type SectionName = keyof typeof sections;
