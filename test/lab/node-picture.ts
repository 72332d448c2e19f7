/**
 * Prints everything on a node an install could change: files with digest, mode and owner, packages, units, users,
 * network, packet filter, kernel settings, mounts. Two pictures that are equal mean the node is as it was.
 */
export const nodePicture = `
section() { printf '\\n## %s\\n' "$1"; }
# A systemd too busy to answer in time says nothing, which must not pass for having no units.
units() { timeout 300 sh -c 'until answer=$(systemctl --no-legend --no-pager "$@"); do sleep 1; done; printf "%s\\n" "$answer"' sh "$@" || echo 'systemd does not answer'; }
cd /
section files
find / /var/lib/containerd /var/lib/kubelet /var/lib/etcd /var/lib/docker -xdev \\( ${[
  // Logs, caches and package lists are records of what happened, not state.
  "-path /var/log",
  "-path /var/cache",
  "-path /var/lib/apt",
  "-path /tmp",
  "-path /var/tmp",
  "-path /run",
  "-path /proc",
  "-path /sys",
  "-path /dev",
  // dpkg's and systemd's own bookkeeping changes with every transaction; packages and units are compared below.
  "-path /var/lib/dpkg",
  "-path /var/lib/systemd",
  "-path /var/lib/private",
  // Debian copies dpkg's state there every midnight.
  "-path /var/backups",
  "-path /etc/ld.so.cache",
  "-path '/etc/*-'",
  "-path /root/.ssh",
].join(" -o ")} \\) -prune -o -printf '%y %m %u:%g %p -> %l\\n' | sort
section digests
find /etc /usr /opt /root /home /var/lib -xdev \\( -path /var/lib/apt -o -path /var/lib/dpkg -o -path /var/lib/systemd \\
  -o -path /etc/ld.so.cache -o -path '/etc/*-' -o -path /root/.ssh \\) -prune -o -type f -print0 | sort -z | xargs -0 sha256sum
section packages
dpkg-query -W -f '\${Package} \${Version} \${db:Status-Status}\\n'
section units
units list-unit-files | awk '$1 !~ /\\.scope$/ { print $1, $2 }' | sort
section running
units list-units --type=service --state=running --plain | awk '$1 !~ /^user/ { print $1 }' | sort
section users
cat /etc/passwd /etc/group
section links
ip -o link | awk -F'[:@] ?' '{ print $2 }' | sort
section routes
ip route | sort
section rules
(command -v iptables-save >/dev/null && iptables-save | grep -v '^[#:]' ; command -v nft >/dev/null && nft list ruleset) 2>/dev/null
section sysctl
for key in net/ipv4/ip_forward net/bridge/bridge-nf-call-iptables net/bridge/bridge-nf-call-ip6tables; do
  printf '%s %s\\n' "$key" "$(cat /proc/sys/$key 2>/dev/null)"
done
section mounts
awk '$5 !~ "^/run" { print $5 }' /proc/self/mountinfo | sort
section hostname
hostname
`;

/** What differs between two pictures: lines that went (`-`) and lines that came (`+`), with the section they stand in. */
export function differences(before: string, after: string): string[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const gone = [...old].filter((line) => !now.has(line)).map((line) => `- ${line}`);
  const come = [...now].filter((line) => !old.has(line)).map((line) => `+ ${line}`);
  return [...gone, ...come];
}

function linesOf(picture: string): Set<string> {
  let section = "";
  return new Set(
    picture.split("\n").map((line) => {
      if (line.startsWith("## ")) section = line.slice(3);
      return `${section}: ${line}`;
    }),
  );
}
