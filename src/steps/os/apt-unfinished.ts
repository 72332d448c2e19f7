import { standsIn, unsettledPackages } from "../../facts/unsettled-packages.ts";
import { sh } from "../../ssh/shell.ts";
import type { ObservedNode } from "../context.ts";

/**
 * Packages of a transaction of ours that was cut short after their programs were unpacked and before they were set up,
 * so that looking for the programs alone would call them done.
 */
export async function unfinishedPackages(node: ObservedNode, transaction: string): Promise<readonly string[]> {
  const { stdout } = await node.read(sh`[ -s ${transaction} ] || exit 0
${unsettledPackages} | while read -r state name; do
  ${standsIn} ${transaction} && echo "$name"
done
true`);
  return stdout.split("\n").filter((line) => line !== "");
}
