import { InstallerError } from "../../engine/errors.ts";
import { differs, missing, satisfied, type Verdict } from "../../engine/step.ts";
import { minutes } from "../../engine/time.ts";
import { initConfiguration } from "../../kubernetes/kubeadm-config/init-configuration.ts";
import { type Action, type Observation, step } from "../context.ts";
import { claimNode } from "./claim.ts";
import { type ControlPlaneState, controlPlaneState } from "./control-plane-state.ts";
import { describeInit } from "./describe.ts";
import { mayLimitConnections } from "./may-limit-connections.ts";
import { noOtherKubeadm } from "./no-other-kubeadm.ts";
import { prepared } from "./prepared.ts";
import { resetDanger, resetHalfDone } from "./reset-half-done.ts";
import { runKubeadm } from "./run-kubeadm.ts";
import { runToken } from "./run-token.ts";
import { differences } from "./running-configuration.ts";
import { undoKubeadm } from "./undo.ts";
import { waitForApi } from "./wait-for-api.ts";

/** Makes the first control plane; from here on there is a cluster. */
export const initControlPlane = step({
  id: "kubeadm.init",
  title: "Initialise the control plane",
  on: "node",
  needs: prepared,
  deadline: minutes(12),
  check: async (context) => judge(await controlPlaneState(context.node), context),
  apply: async (context) => {
    await noOtherKubeadm(context);
    const state = await controlPlaneState(context.node);
    if (state.kind === "silent") return waitForApi(context);
    if (state.kind === "answers") return finish(context, state.lacking);
    if (state.kind === "unfinished") {
      await resetHalfDone(context.node, "take back an initialisation that did not finish", "init");
    }
    await initialise(context);
  },
  undo: undoKubeadm,
});

function judge(state: ControlPlaneState, { node, spec }: Observation): Verdict {
  switch (state.kind) {
    case "absent":
      return missing("no control plane yet");
    case "unfinished":
      return differs("an earlier initialisation did not finish; it will be taken back and begun anew", {
        danger: resetDanger,
      });
    case "silent":
      return differs(`the control plane is there, but its API does not answer: ${state.saw}`);
    case "worker":
      throw new InstallerError("foreign-cluster", {
        message: `${node.name} is to be the control plane, but it already is a worker of a cluster.`,
        nextSteps: ["use another machine", "or take it out of that cluster: `kubeadm reset` on the node"],
      });
    case "answers": {
      const found = state.configuration === undefined ? [] : differences(state.configuration, spec);
      if (found.length > 0) throw differentCluster(node.name, found);
      return state.lacking.length === 0
        ? satisfied(`the API answers, Kubernetes ${spec.kubernetes.version}`)
        : differs(`the API answers, but the initialisation did not finish: no ${state.lacking.join(", ")}`);
    }
  }
}

function differentCluster(node: string, found: readonly string[]): InstallerError {
  return new InstallerError("cluster-differs", {
    message: `The cluster on ${node} is not the one of the preset. ${found.join("; ")}.`,
    likelyCause: "the preset was changed after the cluster was made, or names the machines of another cluster",
    nextSteps: [
      "change these values of the preset back to what the cluster has",
      "or make a new cluster: they cannot be changed in a running one",
    ],
  });
}

async function initialise(context: Action): Promise<void> {
  const run = runToken(context);
  const [mayLimit] = await Promise.all([mayLimitConnections(context), claimNode(context)]);
  const configuration = initConfiguration(
    describeInit(context, { token: run.token.token, mayLimitConnections: mayLimit }),
  );
  await runKubeadm(context.node, "kubeadm init", [["init", "--skip-token-print"]], configuration);
  run.accepted = Promise.resolve();
}

/** The phases after the API answers; each may be repeated. The list holds since Kubernetes 1.20. */
async function finish(context: Action, lacking: readonly string[]): Promise<void> {
  context.log(`finish the initialisation: ${lacking.join(", ")}`);
  const run = runToken(context);
  const configuration = initConfiguration(
    describeInit(context, { token: run.token.token, mayLimitConnections: await mayLimitConnections(context) }),
  );
  const phases = ["upload-config all", "mark-control-plane", "bootstrap-token", "kubelet-finalize all", "addon all"];
  const calls = phases.map((phase) => ["init", "phase", ...phase.split(" ")]);
  await runKubeadm(context.node, "kubeadm init, the last phases", calls, configuration);
  run.accepted = Promise.resolve();
}
