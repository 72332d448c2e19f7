import { criSocket } from "../../kubernetes/node-paths.ts";
import { type Command, sh } from "../../ssh/shell.ts";
import type { ChangeableNode } from "../context.ts";
import { claimFile } from "./claim.ts";

/** Why an operator should think twice before an attempt is taken back. */
export const resetDanger =
  "`kubeadm reset` stops every pod on the node and deletes /etc/kubernetes and /var/lib/etcd before it begins anew";

/** What a reset that was cut short no longer finds by itself, because etcd's manifest is gone. */
const etcdData = sh`[ ! -e ${claimFile} ] || [ ! -d /var/lib/etcd ] || find /var/lib/etcd -xdev -mindepth 1 -delete`;

/**
 * `kubeadm reset` and then `more`, noted on a node of ours while it goes on: it deletes the configuration before etcd's data, which
 * without the note would look like another cluster's when the reset is cut short.
 */
export const notedReset = (
  more: Command = sh`true`,
): Command => sh`[ ! -e ${claimFile} ] || echo resetting >>${claimFile} || exit
kubeadm reset --force --cri-socket=${criSocket} || exit
${more} || exit
[ ! -e ${claimFile} ] || sed -i '/^resetting$/d' ${claimFile}`;

/** Takes back what an unfinished `kubeadm init` or `kubeadm join` left, so that it can begin anew. */
export async function resetHalfDone(node: ChangeableNode, what: string, of: "init" | "join"): Promise<void> {
  await node.change(what, of === "init" ? notedReset(etcdData) : notedReset());
}
