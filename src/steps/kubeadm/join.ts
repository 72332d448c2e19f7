import { InstallerError } from "../../engine/errors.ts";
import { differs, missing, satisfied, type Verdict } from "../../engine/step.ts";
import { minutes, seconds } from "../../engine/time.ts";
import { apiForNodes } from "../../kubernetes/api-endpoint.ts";
import { caCertHash } from "../../kubernetes/ca-cert-hash.ts";
import { discoveryFile, discoveryFilePath } from "../../kubernetes/discovery-file.ts";
import { joinConfiguration } from "../../kubernetes/kubeadm-config/join-configuration.ts";
import { sh } from "../../ssh/shell.ts";
import { type Action, type Observation, type ObservedNode, step } from "../context.ts";
import { claimFile, claimNode } from "./claim.ts";
import { clusterCa } from "./cluster-ca.ts";
import { describeJoin } from "./describe.ts";
import { noOtherKubeadm } from "./no-other-kubeadm.ts";
import { prepared } from "./prepared.ts";
import { resetDanger, resetHalfDone } from "./reset-half-done.ts";
import { runKubeadm } from "./run-kubeadm.ts";
import { acceptedToken } from "./run-token.ts";
import { seenAsGone } from "./seen-as-gone.ts";
import { undoKubeadm } from "./undo.ts";
import { type WorkerState, workerState } from "./worker-state.ts";

/** Brings a worker into the cluster; all workers at once, each as soon as the API answers and it is prepared. */
export const joinWorker = step({
  id: "kubeadm.join",
  title: "Join the cluster",
  on: "node",
  needs: ["kubeadm.init", ...prepared],
  deadline: minutes(10),
  check: async (context) => judge(await workerState(context.node), context),
  apply: async (context) => {
    await noOtherKubeadm(context);
    let state = await workerState(context.node);
    if (state.kind === "joined") {
      if (await registersAgain(context)) return;
      state = await workerState(context.node);
      if (state.kind === "joined" && state.name !== undefined && !isForgotten(state.answer)) {
        throw apiOutOfReach(context, state.answer);
      }
    }
    if (state.kind !== "absent") {
      await resetHalfDone(context.node, "take back a join that did not finish", "join");
    }
    // The claim outlives a reset, also one after which an earlier run was killed.
    if ((await context.node.readFile(claimFile)) !== undefined) await seenAsGone(context);
    await join(context);
  },
  undo: undoKubeadm,
});

async function judge(state: WorkerState, context: Observation): Promise<Verdict> {
  if (state.kind === "absent") return missing("not in a cluster yet");
  if (state.kind === "unfinished") {
    return differs("an earlier join did not finish; it will be taken back and begun anew", { danger: resetDanger });
  }
  const { node } = context;
  const { name } = state;
  if (state.caCertHash !== caCertHash(await clusterCa(context))) {
    throw new InstallerError("foreign-cluster", {
      message: `${node.name} already belongs to another cluster${name === undefined ? "" : `, as ${name}`}.`,
      nextSteps: [
        "check the address of the node in the preset",
        "or take it out of that cluster: drain and delete it there, then `kubeadm reset` on the node",
      ],
    });
  }
  if (name === undefined) {
    return differs("the kubelet of an earlier join has no certificate yet", {
      danger: `if it gets none, ${resetDanger}`,
    });
  }
  if (name !== node.name) {
    throw new InstallerError("cluster-differs", {
      message: `The machine the preset calls ${node.name} is in this cluster as ${name}.`,
      nextSteps: ["change its name in the preset back", `or remove the node ${name} first`],
    });
  }
  if (!state.kubeletActive) return differs("it has joined, but the kubelet does not run");
  if (state.nodeUid === undefined) {
    return differs(`it has joined, but the API does not show it: ${state.answer}`, {
      danger: isForgotten(state.answer) ? `if restarting the kubelet does not help, ${resetDanger}` : undefined,
    });
  }
  return satisfied("it has joined and the kubelet runs");
}

/** A kubelet that still has its credentials registers its node anew when it starts. */
async function registersAgain({ node, until }: Action): Promise<boolean> {
  await node.change("restart the kubelet", sh`systemctl restart kubelet`);
  try {
    await visible(node, until, seconds(20));
    return true;
  } catch (thrown) {
    if (thrown instanceof InstallerError && thrown.code === "deadline-exceeded") return false;
    throw thrown;
  }
}

/** Whether the cluster itself says that it does not know this node, or its credentials, any more. */
function isForgotten(answer: string): boolean {
  return /\(NotFound\)|Unauthorized|must be logged in/.test(answer);
}

/** Only the cluster's word makes a node join anew; one that cannot ask keeps what it has. */
function apiOutOfReach({ node, spec, firstControlPlane }: Action, answer: string): InstallerError {
  const apiServer = apiForNodes(spec, firstControlPlane.machine);
  return new InstallerError("step-failed", {
    message: `${node.name} has joined, but cannot ask the API at ${apiServer} for its own Node: ${answer}`,
    likelyCause:
      "a firewall or a route between the node and the API, or a certificate that is not valid yet or any more",
    nextSteps: [
      `on the node: \`kubectl --kubeconfig /etc/kubernetes/kubelet.conf get node ${node.name}\``,
      "compare `date` on the node and on the control plane",
    ],
  });
}

async function join(context: Action): Promise<void> {
  const { node, spec, firstControlPlane } = context;
  const apiServer = apiForNodes(spec, firstControlPlane.machine);
  const [{ token }] = await Promise.all([
    acceptedToken(context),
    claimNode(context),
    clusterCa(context).then((ca) => node.writeFile(discoveryFilePath, discoveryFile({ apiServer, ca }))),
  ]);
  const configuration = joinConfiguration(describeJoin(context, token));
  await runKubeadm(node, "kubeadm join", [["join"]], configuration);
  await visible(node, context.until, minutes(1));
}

async function visible(node: ObservedNode, until: Action["until"], deadline: number): Promise<void> {
  await until("the API to show the node", deadline, async () => {
    const state = await workerState(node);
    if (state.kind === "joined" && state.nodeUid !== undefined) return { done: true, value: undefined };
    return { done: false, saw: state.kind === "joined" ? state.answer : "the kubelet has no credentials" };
  });
}
