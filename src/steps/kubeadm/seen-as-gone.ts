import { minutes } from "../../engine/time.ts";
import { kubectl } from "../../kubernetes/kubectl.ts";
import type { Action } from "../context.ts";

const readiness = '--output=jsonpath={.status.conditions[?(@.type=="Ready")].status}';

/**
 * Waits until the cluster has noticed that the kubelet which was stopped here is gone: `kubeadm join` takes no name that a
 * Ready Node has, and a Node stays Ready for the grace period of 40 s or more after its kubelet was last heard.
 * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/ `--node-monitor-grace-period`
 */
export async function seenAsGone({ node, firstControlPlane, until }: Action): Promise<void> {
  const { name } = node;
  await until(`the cluster to notice that the old kubelet of ${name} is gone`, minutes(3), async () => {
    const { stdout } = await firstControlPlane.read(kubectl("get", "node", name, "--ignore-not-found", readiness));
    return stdout.trim() === "True"
      ? { done: false, saw: `another kubelet still reports a Ready Node ${name}, or did so until just now` }
      : { done: true, value: undefined };
  });
}
