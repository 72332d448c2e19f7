import { InstallerError } from "../../engine/errors.ts";
import { minutes } from "../../engine/time.ts";
import { sh } from "../../ssh/shell.ts";
import type { Action } from "../context.ts";
import { controlPlaneState } from "./control-plane-state.ts";
import { whatTheKubeletSays } from "./what-the-kubelet-says.ts";

/**
 * Gets a control plane that has been in use to answer again, without taking anything away.
 * @throws InstallerError `step-failed` with what the kubelet and the containers say
 */
export async function waitForApi({ node, until }: Action): Promise<void> {
  await node.change("start the kubelet", sh`systemctl start containerd kubelet`);
  try {
    await until("the API to answer", minutes(3), async () => {
      const state = await controlPlaneState(node);
      return state.kind === "answers"
        ? { done: true, value: undefined }
        : { done: false, saw: state.kind === "silent" ? state.saw : state.kind };
    });
  } catch (cause) {
    if (!(cause instanceof InstallerError) || cause.code !== "deadline-exceeded") throw cause;
    throw new InstallerError("step-failed", {
      message: `The control plane on ${node.name} has been in use, but its API does not answer. Nothing was taken away. ${cause.message}`,
      output: await whatTheKubeletSays(node),
      nextSteps: [
        "see which container ends again and again: `crictl ps -a` on the node",
        "`journalctl -u kubelet -n 50` on the node; a full disk and expired certificates are the usual reasons",
      ],
      cause,
    });
  }
}
