import { describe, expect, test } from "vitest";
import type { InstallerError } from "../../../../src/engine/errors.ts";
import { initControlPlane } from "../../../../src/steps/kubeadm/init.ts";
import { situation } from "../situation.ts";

const configuration = `apiVersion: kubeadm.k8s.io/v1beta2
kind: ClusterConfiguration
clusterName: demo
kubernetesVersion: v1.20.2
networking: { podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/12, dnsDomain: cluster.local }
controllerManager: { extraArgs: { node-cidr-mask-size: "24" } }
`;
const complete = [
  "configmap/kubeadm-config made",
  "deployment.apps/coredns made",
  "daemonset.apps/kube-proxy made",
  "clusterrolebinding.rbac.authorization.k8s.io/kubeadm:node-proxier made",
];
const answering = (yaml = configuration, made = complete) =>
  ["admin", "kubelet", "manifest", "settled", "readyz ok", ...made, `configuration ${btoa(yaml)}`].join("\n");
const checkWhen = (seen: string) => initControlPlane.check(situation({ "cp-1": { answer: () => seen } }).context);

describe("the check of kubeadm.init", () => {
  test("wants a control plane where there is none", async () => {
    expect(await checkWhen("")).toEqual({ satisfied: false, kind: "create", saw: "no control plane yet" });
  });

  test("is content with the preset's cluster", async () => {
    expect(await checkWhen(answering())).toMatchObject({ satisfied: true });
  });

  test("sees an initialisation that never came to an answering API", async () => {
    const verdict = await checkWhen("admin\nkubelet\nmanifest\nreadyz connection refused");
    expect(verdict).toMatchObject({ satisfied: false, saw: expect.stringContaining("did not finish") });
  });

  test("sees a cluster in use whose API is silent", async () => {
    const verdict = await checkWhen("admin\nkubelet\nmanifest\nsettled\nreadyz connection refused");
    expect(verdict).toMatchObject({ satisfied: false, saw: expect.stringContaining("connection refused") });
  });

  test("takes an API that is ready but fails for one that does not answer, not for one that lacks objects", async () => {
    const verdict = await checkWhen("admin\nkubelet\nmanifest\nreadyz ok\nunreadable Error from server (Timeout)");
    expect(verdict).toMatchObject({ satisfied: false, saw: expect.stringContaining("Timeout") });
    expect(verdict.saw).not.toContain("did not finish");
  });

  test("sees that the last phases did not run", async () => {
    expect(await checkWhen(answering(configuration, complete.slice(0, 1)))).toMatchObject({
      satisfied: false,
      saw: expect.stringContaining("no deployment.apps/coredns, daemonset.apps/kube-proxy"),
    });
  });

  test.each([
    [
      "podSubnet: 10.244.0.0/16",
      "podSubnet: 10.32.0.0/12",
      "pod network: has 10.32.0.0/12, the preset wants 10.244.0.0/16",
    ],
    ["clusterName: demo", "clusterName: other", "cluster name: has other, the preset wants demo"],
    ["v1.20.2", "v1.20.5", "Kubernetes version: has v1.20.5, the preset wants v1.20.2"],
    ['"24"', '"26"', "range of each node: has 26, the preset wants 24"],
    [
      "kubernetesVersion:",
      "controlPlaneEndpoint: a:6443\nkubernetesVersion:",
      "API endpoint: has a:6443, the preset wants none",
    ],
  ])("refuses a cluster with another %s", async (ours, theirs, difference) => {
    const failure = await checkWhen(answering(configuration.replace(ours, theirs))).catch((thrown) => thrown);
    expect(failure).toMatchObject({ code: "cluster-differs", exitCode: 2 });
    expect((failure as InstallerError).message).toContain(difference);
  });

  test("takes arguments as a list, as v1beta4 writes them", async () => {
    const list = configuration.replace('{ node-cidr-mask-size: "24" }', '[{ name: node-cidr-mask-size, value: "24" }]');
    expect(await checkWhen(answering(list))).toMatchObject({ satisfied: true });
  });

  test("refuses a machine that is a worker of some cluster", async () => {
    await expect(checkWhen("kubelet\nsettled")).rejects.toMatchObject({ code: "foreign-cluster" });
  });
});

/** A control plane that changes from one look to the next, and notes what was done to it. */
function eventful(looks: readonly string[]) {
  let next = 0;
  return situation({
    "cp-1": {
      answer: (command) => (command.includes("answer=$(answer timeout") ? (looks[next++] ?? looks.at(-1)) : ""),
    },
  });
}

describe("the apply of kubeadm.init", () => {
  test("begins anew where an earlier one never came to an answering API", async () => {
    const { context, changes } = eventful(["admin\nmanifest\nreadyz refused"]);
    await initControlPlane.apply(context);
    expect(changes).toEqual([
      "cp-1: take back an initialisation that did not finish",
      "cp-1: note what this node was like before kubeadm",
      "cp-1: kubeadm init",
    ]);
  });

  test("takes nothing away from a cluster in use, but waits until it answers", async () => {
    const { context, changes } = eventful(["admin\nmanifest\nsettled\nreadyz refused", answering()]);
    await initControlPlane.apply(context);
    expect(changes).toEqual(["cp-1: start the kubelet"]);
  });

  test("only runs the last phases where those are missing", async () => {
    const { context, changes } = eventful([answering(configuration, complete.slice(0, 1))]);
    await initControlPlane.apply(context);
    expect(changes).toEqual(["cp-1: kubeadm init, the last phases"]);
  });
});
