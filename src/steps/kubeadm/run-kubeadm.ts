import type { Secret } from "../../engine/secret.ts";
import { runtimeDirectory } from "../../kubernetes/node-paths.ts";
import { sh } from "../../ssh/shell.ts";
import type { ChangeableNode } from "../context.ts";
import { kubeadmFailure } from "./kubeadm-failure.ts";
import { whatTheKubeletSays } from "./what-the-kubelet-says.ts";

/**
 * Runs kubeadm with a configuration that only root can read and that is gone afterwards.
 * @throws InstallerError `kubeadm-failed`
 */
export async function runKubeadm(
  node: ChangeableNode,
  what: string,
  args: readonly (readonly string[])[],
  configuration: Secret,
): Promise<void> {
  const calls = args.map((call) => sh`kubeadm ${call} --config "$configuration" || exit`);
  const command = sh`umask 077
mkdir -p ${runtimeDirectory}
rm -f ${runtimeDirectory}/kubeadm.????????
configuration=$(mktemp ${runtimeDirectory}/kubeadm.XXXXXXXX) || exit
trap 'rm -f "$configuration"' EXIT
trap 'exit 129' HUP
trap 'exit 143' TERM
cat >"$configuration" || exit
${calls.reduce(
  (all, call) => sh`${all}
${call}`,
)}`;
  const result = await node.change(what, command, { stdin: configuration, allow: [1, 2, 3] });
  if (result.exitCode !== 0) throw kubeadmFailure(what, result, await whatTheKubeletSays(node));
}
