import { InstallerError } from "../../engine/errors.ts";
import { missing, satisfied } from "../../engine/step.ts";
import { minutes } from "../../engine/time.ts";
import { definesAnswer, kubectlAsKubelet } from "../../kubernetes/kubectl.ts";
import { kubeletConf } from "../../kubernetes/node-paths.ts";
import { sh } from "../../ssh/shell.ts";
import { type ObservedNode, step } from "../context.ts";
import { whatTheKubeletSays } from "../kubeadm/what-the-kubelet-says.ts";
import { agentStatus } from "../network/names.ts";

/** Waits until the node takes pods; it asks with the node's own credentials, so no other node has work with it. */
export const nodeReady = step({
  id: "verify.ready",
  title: "Wait until the node is Ready",
  on: "node",
  needs: ["kubeadm.join", "network.bridge"],
  deadline: minutes(6),
  check: async ({ node }) => {
    const { ready, saw } = await look(node);
    return ready ? satisfied("Ready") : missing(saw);
  },
  apply: async ({ node, until }) => {
    try {
      await until("the node to be Ready", minutes(4), async () => {
        const { ready, saw } = await look(node);
        return ready ? { done: true, value: undefined } : { done: false, saw };
      });
    } catch (cause) {
      if (!(cause instanceof InstallerError) || cause.code !== "deadline-exceeded") throw cause;
      throw new InstallerError("verification-failed", {
        message: `${node.name} does not become Ready. ${cause.message}`,
        output: await whatTheKubeletSays(node),
        nextSteps: [
          "on the node: `journalctl -u kubelet -n 50` and `journalctl -u kube-installer-bridge -n 20`",
          `\`kubectl describe node ${node.name}\` names the condition`,
        ],
        cause,
      });
    }
  },
});

async function look(node: ObservedNode): Promise<{ ready: boolean; saw: string }> {
  const ready = '{range .status.conditions[?(@.type=="Ready")]}{.status} {.message}{end}';
  const { stdout } = await node.read(
    sh`${definesAnswer}
[ -e ${kubeletConf} ] || { echo "not in the cluster yet"; exit 0; }
answer ${kubectlAsKubelet("get", "node", node.name, `--output=jsonpath=${ready}`)}
cat ${agentStatus} 2>/dev/null || true`,
  );
  const [condition = "", agent = ""] = stdout.trim().split("\n");
  return {
    ready: condition.startsWith("True "),
    saw: [condition, agent && `network ${agent}`].filter(Boolean).join("; "),
  };
}
