import { criSocket } from "../../kubernetes/node-paths.ts";
import { sh } from "../../ssh/shell.ts";
import type { ChangeableNode } from "../context.ts";

/** Takes back what an unfinished `kubeadm init` or `kubeadm join` left, so that it can begin anew. */
export async function resetHalfDone(node: ChangeableNode, what: string): Promise<void> {
  await node.change(what, sh`kubeadm reset --force --cri-socket=${criSocket}`);
}
