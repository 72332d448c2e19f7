import { isLeftBy, unsettledPackages } from "../../facts/unsettled-packages.ts";
import { sh } from "../../ssh/shell.ts";
import type { ObservedNode } from "../context.ts";

/**
 * Packages a transaction of ours that was cut short left unpacked and not set up, or in the middle of a trigger, so that
 * looking for the programs alone would call them done.
 */
export async function unfinishedPackages(node: ObservedNode, transaction: string): Promise<readonly string[]> {
  const { stdout } = await node.read(sh`[ -s ${transaction} ] || exit 0
${unsettledPackages} | while read -r state name version configured; do
  ${isLeftBy} ${transaction} && echo "$name"
done
true`);
  return stdout.split("\n").filter((line) => line !== "");
}
