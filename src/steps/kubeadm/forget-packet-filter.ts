import { sh } from "../../ssh/shell.ts";

/**
 * Shell that removes the packet filter chains of Kubernetes, of its port mappings and of this program, and the rules
 * that lead into them, from both back ends of iptables; every other rule stays as it is. Only the lines to remove go
 * through iptables-restore, which applies them table by table at once.
 */
export const forgetPacketFilter = sh`forget_packet_filter() {
command -v "$1-save" >/dev/null 2>&1 || return 0
lines=$("$1-save" 2>/dev/null | awk '
function ours(name) { return name ~ /^(KUBE-|CNI-(HOSTPORT|DN|SN)-)/ }
function target(  i, name) { for (i = 3; i < NF; i++) if ($i == "-j" || $i == "-g") name = $(i + 1); return name }
/^[*]/ { table = $1; chains = rules = 0 }
/^:/ { name = substr($1, 2); if (ours(name)) chain[++chains] = name }
/^-A/ { if (!ours($2) && ours(target())) rule[++rules] = "-D" substr($0, 3) }
/^COMMIT/ && chains + rules {
  print table
  for (i = 1; i <= chains; i++) print ":" chain[i] " - [0:0]"
  for (i = 1; i <= rules; i++) print rule[i]
  for (i = 1; i <= chains; i++) print "-X " chain[i]
  print "COMMIT"
}')
[ -z "$lines" ] || printf '%s\n' "$lines" | "$1-restore" --noflush
}
for backend in iptables-nft iptables-legacy ip6tables-nft ip6tables-legacy; do
forget_packet_filter "$backend"
done`;
