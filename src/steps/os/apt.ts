import { sh } from "../../ssh/shell.ts";
import type { CommandResult } from "../../ssh/transport.ts";
import type { ChangeableNode } from "../context.ts";
import { type AptSettings, aptConfiguration, aptFolder } from "./apt-configuration.ts";

const configuration = `${aptFolder}/apt.conf`;
const lists = `${aptFolder}/lists`;

/**
 * Installs packages (`name` or `name=version`) without asking and without starting their services. When the node's own
 * package lists do not know one of them, or only one that is gone from the mirror, lists are fetched once, to a folder of
 * ours. systemctl does nothing while SYSTEMD_OFFLINE is set, so no daemon runs before it is configured.
 * @throws InstallerError `command-failed`
 */
export async function aptInstall(
  node: ChangeableNode,
  packages: readonly string[],
  { ownLists = false, ...settings }: AptSettings & { /** Sources were added just now. */ ownLists?: boolean },
): Promise<CommandResult> {
  return node.change(
    `install ${packages.join(", ")}`,
    sh`export DEBIAN_FRONTEND=noninteractive SYSTEMD_OFFLINE=1
mkdir -p ${aptFolder}/cache/archives/partial ${lists}/partial ${settings.transaction.replace(/[^/]*$/, "")} || exit
( umask 077 && cat >${configuration} ) || exit
known() { [ "$(apt-cache -c ${configuration} policy ${packages.map(bareName)} | grep -c '^  Candidate: [^(]')" -eq ${packages.length} ]; }
install() { apt-get -c ${configuration} install ${packages}; }
if [ -n ${ownLists ? "yes" : ""} ] || ! known || ! install; then
  echo ${`Dir::State::Lists "${lists}";`} >>${configuration}
  apt-get -c ${configuration} update && install || exit
fi
rm -rf ${aptFolder}
unset SYSTEMD_OFFLINE
systemctl daemon-reload`,
    { stdin: aptConfiguration(settings) },
  );
}

function bareName(wanted: string): string {
  return wanted.replace(/=.*/, "");
}
