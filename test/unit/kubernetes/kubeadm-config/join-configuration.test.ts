import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { Secret } from "../../../../src/engine/secret.ts";
import type { JoinDescription } from "../../../../src/kubernetes/kubeadm-config/description.ts";
import { joinConfiguration } from "../../../../src/kubernetes/kubeadm-config/join-configuration.ts";

const plain: JoinDescription = {
  kubernetesVersion: "1.20.2",
  discoveryFile: "/run/cluster.kubeconfig",
  token: new Secret("abcdef.0123456789abcdef"),
  registration: { name: "w-1", internalAddress: "10.0.0.21" },
};

describe("the configuration of kubeadm join", () => {
  test("for Kubernetes 1.20 is v1beta2", () => {
    expect(joinConfiguration(plain).reveal()).toBe(`apiVersion: kubeadm.k8s.io/v1beta2
kind: JoinConfiguration
discovery:
  file:
    kubeConfigPath: /run/cluster.kubeconfig
  tlsBootstrapToken: abcdef.0123456789abcdef
  timeout: 1m30s
nodeRegistration:
  name: w-1
  criSocket: unix:///run/containerd/containerd.sock
  kubeletExtraArgs:
    node-ip: 10.0.0.21
`);
  });

  test("for Kubernetes 1.36 is v1beta4, with the timeout and the arguments in their new places", () => {
    expect(
      joinConfiguration({ ...plain, kubernetesVersion: "1.36.4" }).reveal(),
    ).toBe(`apiVersion: kubeadm.k8s.io/v1beta4
kind: JoinConfiguration
discovery:
  file:
    kubeConfigPath: /run/cluster.kubeconfig
  tlsBootstrapToken: abcdef.0123456789abcdef
nodeRegistration:
  name: w-1
  criSocket: unix:///run/containerd/containerd.sock
  kubeletExtraArgs:
    - name: node-ip
      value: 10.0.0.21
timeouts:
  discovery: 1m30s
`);
  });

  test("registers the node with its taints from the first moment on", () => {
    const taints = [{ key: "gpu", value: "yes", effect: "NoSchedule" }] as const;
    const text = joinConfiguration({ ...plain, registration: { ...plain.registration, taints } }).reveal();
    expect(load(text)).toMatchObject({ nodeRegistration: { taints } });
  });
});
