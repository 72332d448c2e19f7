import { expect, test } from "vitest";
import { InstallerError } from "../../../../../src/engine/errors.ts";
import { login, root } from "../../../../../src/steps/preflight/checks/access.ts";
import {
  kubernetesVersion,
  networkConfigs,
  otherCluster,
} from "../../../../../src/steps/preflight/checks/leftovers.ts";
import { find, node, told } from "../evidence.ts";

const none = node("w-1").facts.kubernetes;
const files = ["/etc/kubernetes/kubelet.conf", "/etc/kubernetes/pki/ca.crt"];
const joined = { ...none, joined: true, files, server: "https://10.0.0.11:6443", caFingerprint: "sha256:aaaa" };
const cluster = (worker: object, controlPlane: object = joined) => [
  node("cp-1", { facts: { kubernetes: { ...none, ...controlPlane } } }),
  node("w-1", { facts: { kubernetes: { ...none, ...worker } } }),
];

test("a finished cluster passes again, so that a second run changes nothing", () => {
  expect(find(otherCluster, { nodes: cluster(joined) })).toEqual([]);
});

test("a node whose kubelet talks to another API server holds another cluster", () => {
  expect(told(find(otherCluster, { nodes: cluster({ ...joined, server: "https://10.9.9.9:6443" }) }))).toEqual([
    "error w-1: The node holds another cluster, or what is left of one: the kubelet is set up for https://10.9.9.9:6443",
  ]);
});

test("a worker that trusts another CA than the first control plane holds another cluster", () => {
  expect(find(otherCluster, { nodes: cluster({ ...joined, caFingerprint: "sha256:bbbb" }) })).toMatchObject([
    { severity: "error", node: "w-1" },
  ]);
  expect(find(otherCluster, { nodes: cluster(joined, {}) })).toMatchObject([{ severity: "error", node: "w-1" }]);
});

test("what this program noted about another cluster counts", () => {
  expect(find(otherCluster, { nodes: cluster({ ...joined, claimedBy: "staging" }) })).toMatchObject([
    {
      measured: 'the kubelet is set up for https://10.0.0.11:6443; this program brought it into the cluster "staging"',
    },
  ]);
});

test("etcd data without Kubernetes is a remainder on a control plane, and harmless on a worker", () => {
  expect(find(otherCluster, { nodes: cluster({ etcdData: true }, { etcdData: true }) })).toMatchObject([
    { node: "cp-1", measured: "/var/lib/etcd is not empty" },
  ]);
});

test("an install that stopped half way is taken up again", () => {
  const halfWay = { files: ["/etc/kubernetes/pki/ca.crt"], caFingerprint: "sha256:aaaa" };
  expect(find(otherCluster, { nodes: cluster({}, halfWay) })).toMatchObject([{ severity: "warning", node: "cp-1" }]);
});

test("etcd data of ours is taken up again when taking it back was cut short, another cluster's is not", () => {
  const cutShort = (claimedBy: string) =>
    find(otherCluster, { nodes: cluster({}, { etcdData: true, takingBack: true, claimedBy }) });
  expect(cutShort("demo")).toMatchObject([{ severity: "warning", node: "cp-1" }]);
  expect(cutShort("staging")).toMatchObject([{ severity: "error", node: "cp-1" }]);
  const lost = cluster({}, { etcdData: true, claimedBy: "demo" });
  expect(find(otherCluster, { nodes: lost })).toMatchObject([{ severity: "error", node: "cp-1" }]);
});

test("an install does not change the version of a running cluster", () => {
  const installed = { kubelet: "1.21.0", kubeadm: "1.20.2" };
  const nodes = (kubernetes: object) => [
    node("cp-1", { facts: { kubernetes: { ...none, ...kubernetes }, installed } }),
  ];
  expect(find(kubernetesVersion, { nodes: nodes(joined) })).toMatchObject([
    { severity: "error", measured: "1.21.0", limit: "1.20.2" },
  ]);
  expect(find(kubernetesVersion, { nodes: nodes({}) })).toMatchObject([{ severity: "warning" }]);
});

test("network configurations of others are named", () => {
  const networkConfigsThere = { networkConfigs: ["10-kube-installer-bridge.conflist", "05-podman.conflist", ".lock"] };
  expect(find(networkConfigs, { nodes: cluster(networkConfigsThere) })).toMatchObject([
    { severity: "warning", node: "w-1", measured: "05-podman.conflist" },
  ]);
});

test("a node one cannot use stands among the other findings", () => {
  const absent = [
    {
      name: "w-2",
      error: new InstallerError("unreachable", {
        message: "10.0.0.22 does not answer.",
        nextSteps: ["Check the power."],
      }),
    },
    { name: "w-3", error: new InstallerError("sudo-refused", { message: "ubuntu may not use sudo." }) },
  ];
  expect(find([login, root], { absent })).toMatchObject([
    {
      check: "access.login",
      node: "w-2",
      measured: "unreachable",
      message: "10.0.0.22 does not answer",
      fix: "Check the power.",
    },
    { check: "access.root", node: "w-3", measured: "sudo-refused" },
  ]);
});
