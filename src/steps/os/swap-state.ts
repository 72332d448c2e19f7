import { askAll, splitAnswers } from "../../facts/ask.ts";
import { sh } from "../../ssh/shell.ts";
import type { ObservedNode } from "../context.ts";

export interface SwapState {
  /** Devices and files the node itself swaps to. */
  readonly own: readonly string[];
  /** Swap that is seen but belongs to the machine around a container: its device does not exist in the node. */
  readonly foreign: readonly string[];
  /** Units besides fstab's that turn swap on at a start, e.g. `dev-zram0.swap`. */
  readonly units: readonly string[];
  readonly fstab: string;
}

/** What a node swaps to now and would swap to after a restart. */
export async function swapState(node: Pick<ObservedNode, "read">): Promise<SwapState> {
  const { stdout } = await node.read(
    askAll({
      swaps: sh`tail -n +2 /proc/swaps | while read -r path rest; do
  if [ -e "$path" ]; then echo "own $path"; else echo "foreign $path"; fi
done`,
      units: sh`systemctl list-unit-files --no-legend --no-pager '*.swap' | while read -r unit state rest; do
  case $state in enabled*|generated) ;; *) continue ;; esac
  grep -qsx SourcePath=/etc/fstab "/run/systemd/generator/$unit" || echo "$unit"
done`,
      fstab: sh`cat /etc/fstab`,
    }),
  );
  const answers = splitAnswers(stdout);
  const answer = (name: string) => answers.get(name) ?? "";
  const lines = (name: string) =>
    answer(name)
      .split("\n")
      .filter((line) => line !== "");
  const swaps = (kind: string) =>
    lines("swaps").flatMap((line) => (line.startsWith(`${kind} `) ? [line.slice(kind.length + 1)] : []));
  return { own: swaps("own"), foreign: swaps("foreign"), units: lines("units"), fstab: answer("fstab") };
}
