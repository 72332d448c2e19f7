import { buildPlan, invertPlan, type Plan } from "../engine/plan.ts";
import type { Machine } from "../topology/machine.ts";
import type { Action, ClusterStep, Observation } from "./context.ts";
import { initControlPlane } from "./kubeadm/init.ts";
import { joinWorker } from "./kubeadm/join.ts";
import { withdrawTokens } from "./kubeadm/withdraw-tokens.ts";
import { fetchKubeconfig } from "./kubeconfig/fetch.ts";
import { kubernetesBinaries } from "./kubernetes/binaries.ts";
import { kubeletService } from "./kubernetes/kubelet-unit.ts";
import { networkAccess } from "./network/access.ts";
import { networkBridge } from "./network/bridge.ts";
import { labelNodes } from "./nodes/labels.ts";
import { hostNames } from "./os/hosts.ts";
import { kernelModules } from "./os/modules.ts";
import { osPackages } from "./os/packages.ts";
import { swapOff } from "./os/swap.ts";
import { kernelSettings } from "./os/sysctl.ts";
import { receipt } from "./receipt/receipt-step.ts";
import { containerd } from "./runtime/containerd.ts";
import { crictlConfiguration } from "./runtime/crictl.ts";
import { images } from "./runtime/images.ts";
import { verifyCluster } from "./verify/cluster.ts";
import { nodeReady } from "./verify/ready.ts";
import { verificationDeadline } from "./verify/rounds.ts";

/** What every node needs before Kubernetes can run on it. */
export const prepareNode: readonly ClusterStep[] = [
  ...[receipt, kernelModules, kernelSettings, swapOff, hostNames, osPackages],
  ...[containerd, crictlConfiguration, images, kubernetesBinaries, kubeletService],
];

/** The first control plane: where the cluster begins. It waits for nobody to join. */
export const firstControlPlane: readonly ClusterStep[] = [
  ...prepareNode,
  ...[initControlPlane, networkBridge, { ...nodeReady, needs: ["kubeadm.init", "network.bridge"] }],
];

export const worker: readonly ClusterStep[] = [...prepareNode, joinWorker, networkBridge, nodeReady];

/** What is done once, for the cluster as a whole. */
export const cluster: readonly ClusterStep[] = [
  networkAccess,
  labelNodes,
  fetchKubeconfig,
  withdrawTokens,
  verifyCluster,
];

/** The graph that leads from any state of these machines to the cluster. */
export function planInstall(machines: readonly Machine[]): Plan<Observation, Action> {
  const first = machines.find(({ roles }) => roles.includes("control-plane"));
  return buildPlan([
    ...machines.map((machine) => ({ node: machine.name, steps: machine === first ? firstControlPlane : worker })),
    { steps: cluster.map((step) => (step === verifyCluster ? verificationOf(machines) : step)) },
  ]);
}

function verificationOf(machines: readonly Machine[]): ClusterStep {
  return { ...verifyCluster, deadline: verificationDeadline(machines.length) };
}

/** The same graph turned round: everything the install made is taken away, last things first. */
export function planDestroy(machines: readonly Machine[]): Plan<Observation, Action> {
  return invertPlan(planInstall(machines));
}
