import { criSocket } from "../../kubernetes/node-paths.ts";
import { sh } from "../../ssh/shell.ts";
import type { ChangeableNode } from "../context.ts";

/** Why an operator should think twice before an attempt is taken back. */
export const resetDanger =
  "`kubeadm reset` stops every pod on the node and deletes /etc/kubernetes and /var/lib/etcd before it begins anew";

/** Takes back what an unfinished `kubeadm init` or `kubeadm join` left, so that it can begin anew. */
export async function resetHalfDone(node: ChangeableNode, what: string): Promise<void> {
  await node.change(what, sh`kubeadm reset --force --cri-socket=${criSocket}`);
}
