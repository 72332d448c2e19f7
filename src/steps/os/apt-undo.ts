import { type Command, sh } from "../../ssh/shell.ts";

/**
 * Purges what the noted transactions newly installed, and only that: a package others have come to need since then
 * stays. dpkg is asked beforehand which these are, because apt would remove the others as well. A transaction that was
 * cut short is completed first, because dpkg knows the files of a package only once it is unpacked; where its archive is
 * gone, dpkg removes what apt refuses to. Of a package whose removal was cut short apt keeps the configuration, so dpkg
 * purges what is left of it.
 */
export function purgeTransaction(transaction: string): Command {
  return sh`[ -f ${transaction} ] || exit 0
export DEBIAN_FRONTEND=noninteractive SYSTEMD_OFFLINE=1
for name in $(dpkg-query -W -f '\${Package} \${db:Status-Eflag}\\n' | awk '$2 == "reinstreq" { print $1 }'); do
  archive=$(awk -v "name=$name" '$1 == name && $NF ~ /\\.deb$/ { print $NF }' ${transaction} | tail -n 1)
  [ ! -f "$archive" ] || dpkg --unpack --force-confold "$archive" || exit
done
dpkg --configure -a --force-confold || [ $? -eq 2 ] || exit
unset SYSTEMD_OFFLINE
ours=$(awk '$2 == "-" && $NF ~ /\\.deb$/ { print $1 }' ${transaction} | sort -u)
known() {
  for name; do
    dpkg-query -W -f '\${db:Status-Abbrev} \${Package}\\n' "$name" 2>/dev/null | awk '$1 !~ /^un/ { print $2 }' | sort -u
  done
}
left=$(known $ours)
while [ -n "$left" ]; do
  blocked=$(dpkg --no-act --purge $left 2>&1 >/dev/null | awk '/dependency problems prevent removal of/ { sub(":$", "", $NF); sub(":.*", "", $NF); print $NF }')
  [ -n "$blocked" ] || break
  for name in $blocked; do
    echo "$name stays: a package installed since then needs it"
    left=$(echo "$left" | grep -vxF "$name")
  done
done
[ -n "$left" ] || exit 0
apt-get -y -q -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= purge $left ||
  dpkg --force-remove-reinstreq --purge $left || exit
left=$(known $left)
[ -z "$left" ] || dpkg --purge $left`;
}
