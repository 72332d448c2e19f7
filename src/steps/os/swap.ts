import { differs, satisfied } from "../../engine/step.ts";
import { sh } from "../../ssh/shell.ts";
import { step } from "../context.ts";
import { keepFiles } from "../receipt/keep-files.ts";
import { recordOf } from "../receipt/paths.ts";
import { putFiles } from "../receipt/put-files.ts";
import { undoFromReceipt } from "../receipt/undo-from-receipt.ts";
import { turnsSwapOn, withoutSwap } from "./fstab.ts";
import { swapState } from "./swap-state.ts";

const id = "os.swap";
const record = recordOf(id);

/** Turns swap off, now and at every start, because the kubelet refuses to run with it. */
export const swapOff = step({
  id,
  title: "Turn swap off",
  on: "node",
  needs: ["os.receipt"],
  danger: "swap goes, now and at every start; a machine that needs it runs out of memory",
  check: async ({ node }) => {
    const { own, foreign, units, fstab } = await swapState(node);
    if (own.length > 0) return differs(`swaps to ${own.join(", ")}`);
    if (turnsSwapOn(fstab)) return differs("off now, but /etc/fstab turns it on at the next start");
    if (units.length > 0) return differs(`off now, but ${units.join(", ")} turns it on at the next start`);
    return satisfied(foreign.length === 0 ? "no swap" : "no swap of its own; the machine around it swaps");
  },
  apply: async ({ node }) => {
    const { own, units, fstab } = await swapState(node);
    const masks = units.map((unit) => `/etc/systemd/system/${unit}`);
    const files = turnsSwapOn(fstab) ? [{ path: "/etc/fstab", content: withoutSwap(fstab) }] : [];
    await putFiles(
      node,
      id,
      files,
      sh`( ${keepFiles(id, masks)}
)
[ -f ${record}/swaps ] || printf '%s\\n' ${own} >${record}/swaps
for swap in ${own}; do swapoff "$swap"; done
for mask in ${masks}; do ln -sfn /dev/null "$mask"; done
systemctl daemon-reload`,
    );
  },
  undo: undoFromReceipt(id, {
    title: "Turn swap on again",
    after: sh`systemctl daemon-reload || exit
grep . ${record}/swaps | while IFS= read -r swap; do
  grep -q "^$swap " /proc/swaps || swapon "$swap" || exit
done`,
  }),
});
