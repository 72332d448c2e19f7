import { type Command, sh } from "../ssh/shell.ts";
import { adminConf, kubeletConf } from "./node-paths.ts";

/** A kubectl call as the cluster's administrator, for a control plane; arguments never hold secrets. */
export function kubectl(...args: readonly string[]): Command {
  return sh`kubectl --kubeconfig=${adminConf} --request-timeout=20s ${args}`;
}

/** A kubectl call as the kubelet of the node it runs on, which may see little more than its own Node. */
export function kubectlAsKubelet(...args: readonly string[]): Command {
  return sh`kubectl --kubeconfig=${kubeletConf} --request-timeout=10s ${args}`;
}
