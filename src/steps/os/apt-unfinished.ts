import { sh } from "../../ssh/shell.ts";
import type { ObservedNode } from "../context.ts";

/**
 * Packages of a transaction of ours that was cut short after their programs were unpacked and before they were set up,
 * so that looking for the programs alone would call them done. Pending triggers do not count, as dpkg runs them next time.
 * @see https://manpages.debian.org/stable/dpkg/dpkg.1.en.html#PACKAGE_STATES
 */
export async function unfinishedPackages(node: ObservedNode, transaction: string): Promise<readonly string[]> {
  const { stdout } = await node.read(sh`[ -s ${transaction} ] || exit 0
dpkg-query -W -f '\${db:Status-Abbrev} \${Package}\n' | grep -vE '^(ii|rc|hi|un|pn|iW|it) ' | while read -r state name; do
  awk -v "name=$name" '$1 == name && /[.]deb$/ { found = 1 } END { exit !found }' ${transaction} && echo "$name"
done
true`);
  return stdout.split("\n").filter((line) => line !== "");
}
