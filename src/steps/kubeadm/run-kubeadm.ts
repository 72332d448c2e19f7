import type { Secret } from "../../engine/secret.ts";
import { sh } from "../../ssh/shell.ts";
import type { ChangeableNode } from "../context.ts";
import { kubeadmFailure } from "./kubeadm-failure.ts";
import { whatTheKubeletSays } from "./what-the-kubelet-says.ts";

/**
 * Runs kubeadm, once or several times, with a configuration that no file ever names: a root shell hands input over as a
 * file that is deleted already, which each call opens anew and reads from its beginning.
 * @throws InstallerError `kubeadm-failed`
 */
export async function runKubeadm(
  node: ChangeableNode,
  what: string,
  args: readonly (readonly string[])[],
  configuration: Secret,
): Promise<void> {
  const calls = args.map((call) => sh`kubeadm ${call} --config /dev/stdin || exit`);
  const command = sh`umask 077
${calls.reduce(
  (all, call) => sh`${all}
${call}`,
)}`;
  const result = await node.change(what, command, { stdin: configuration, allow: [1, 2, 3] });
  if (result.exitCode !== 0) throw kubeadmFailure(what, result, await whatTheKubeletSays(node));
}
