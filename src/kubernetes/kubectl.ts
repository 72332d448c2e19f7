import { type Command, sh } from "../ssh/shell.ts";
import { adminConf, kubeletConf } from "./node-paths.ts";

/** What kubectl remembers of the API, kept out of root's home so that a node stays as it was found. */
export const kubectlCache = "/run/kube-installer/kubectl";

/** A kubectl call as the cluster's administrator, for a control plane; arguments never hold secrets. */
export function kubectl(...args: readonly string[]): Command {
  return sh`kubectl --kubeconfig=${adminConf} --cache-dir=${kubectlCache} --request-timeout=20s ${args}`;
}

/** A kubectl call as the kubelet of the node it runs on, which may see little more than its own Node. */
export function kubectlAsKubelet(...args: readonly string[]): Command {
  return sh`kubectl --kubeconfig=${kubeletConf} --cache-dir=${kubectlCache} --request-timeout=10s ${args}`;
}

/**
 * Defines `answer COMMAND…` in a script: prints what a kubectl command answers, or why it fails, and exits like it. What
 * kubectl logs on the way, such as a lost packet, is left out: it is no part of the answer.
 */
export const definesAnswer = sh`answer() {
said=$("$@" 2>&1)
code=$?
plain=$(printf '%s\n' "$said" | grep -vE '^[IWEF][0-9]{4} [0-9:.]+ ')
if [ "$code" -eq 0 ] || [ -n "$plain" ]; then printf '%s\n' "$plain"; else printf '%s\n' "$said"; fi
return "$code"
}`;
