import { minutes } from "../../engine/time.ts";
import { sh } from "../../ssh/shell.ts";
import type { Action } from "../context.ts";

/** Waits until no kubeadm runs on the node: one may outlive the connection of an earlier run. */
export async function noOtherKubeadm({ node, until }: Action): Promise<void> {
  const running = async () => (await node.read(sh`pgrep -x kubeadm || true`)).stdout.trim().split(/\s+/).join(", ");
  if ((await running()) === "") return;
  await until("the kubeadm of an earlier run to end", minutes(5), async () => {
    const pids = await running();
    return pids === ""
      ? { done: true, value: undefined }
      : { done: false, saw: `kubeadm still runs as process ${pids}` };
  });
}
