import { randomBytes } from "node:crypto";
import { sh } from "../../ssh/shell.ts";
import type { CommandResult } from "../../ssh/transport.ts";
import type { ChangeableNode } from "../context.ts";
import { cacheFolder } from "../receipt/paths.ts";
import { type AptSettings, aptConfiguration } from "./apt-configuration.ts";

export interface AptInstall extends Omit<AptSettings, "folder"> {
  /** Sources were added just now, so the node's own package lists do not do. */
  readonly ownLists?: boolean;
}

/**
 * Installs packages (`name` or `name=version`; none completes what was cut short) without asking and without starting
 * their services. When the node's own package lists do not know one of them, or only one that is gone from the mirror,
 * lists are fetched once, to a folder of ours. An installation of ours that was cut short is completed first; one that
 * still runs is waited for. systemctl does nothing while SYSTEMD_OFFLINE is set, so no daemon runs before it is configured.
 * @throws InstallerError `command-failed`
 */
export async function aptInstall(
  node: ChangeableNode,
  packages: readonly string[],
  { ownLists = false, ...settings }: AptInstall,
): Promise<CommandResult> {
  const folder = `${cacheFolder}/apt-${randomBytes(6).toString("hex")}`;
  const configuration = `${folder}/apt.conf`;
  const lists = `${folder}/lists`;
  return node.change(
    packages.length === 0 ? "complete an installation that was cut short" : `install ${packages.join(", ")}`,
    sh`export DEBIAN_FRONTEND=noninteractive SYSTEMD_OFFLINE=1
folder=${folder}
trap 'rm -rf "$folder"' EXIT
mkdir -p ${folder}/cache/archives/partial ${lists}/partial ${settings.transaction.replace(/[^/]*$/, "")} || exit
( umask 077 && cat >${configuration} ) || exit
[ ! -s ${settings.transaction} ] || dpkg --configure -a --force-confold || [ $? -eq 2 ] || exit
known() { [ "$(apt-cache -c ${configuration} policy ${packages.map(bareName)} | grep -c '^  Candidate: [^(]')" -eq ${packages.length} ]; }
install() { apt-get -c ${configuration} install ${packages}; }
if [ -n ${ownLists ? "yes" : ""} ] || ! known || ! install; then
  echo ${`Dir::State::Lists "${lists}";`} >>${configuration}
  apt-get -c ${configuration} update && install || exit
fi
unset SYSTEMD_OFFLINE
systemctl daemon-reload`,
    { stdin: aptConfiguration({ ...settings, folder }) },
  );
}

function bareName(wanted: string): string {
  return wanted.replace(/=.*/, "");
}
