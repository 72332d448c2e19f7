import { loadAll } from "js-yaml";
import { describe, expect, test } from "vitest";
import { Secret } from "../../../../src/engine/secret.ts";
import type { InitDescription } from "../../../../src/kubernetes/kubeadm-config/description.ts";
import { initConfiguration } from "../../../../src/kubernetes/kubeadm-config/init-configuration.ts";

const plain: InitDescription = {
  clusterName: "demo",
  kubernetesVersion: "1.20.2",
  apiServerNames: [],
  podCIDR: "10.244.0.0/16",
  serviceCIDR: "10.96.0.0/12",
  nodePrefix: 24,
  dnsDomain: "cluster.local",
  cgroupDriver: "systemd",
  mayLimitConnections: true,
  registration: { name: "cp-1", internalAddress: "10.0.0.11" },
  token: new Secret("abcdef.0123456789abcdef"),
};
const documents = (description: InitDescription) => loadAll(initConfiguration(description).reveal());

describe("the configuration of kubeadm init", () => {
  test("for Kubernetes 1.20 and 1.21 is v1beta2", () => {
    expect(initConfiguration(plain).reveal()).toBe(`apiVersion: kubeadm.k8s.io/v1beta2
kind: InitConfiguration
bootstrapTokens:
  - token: abcdef.0123456789abcdef
    ttl: 30m0s
    description: 'kube-installer: joins nodes'
localAPIEndpoint:
  advertiseAddress: 10.0.0.11
nodeRegistration:
  name: cp-1
  criSocket: unix:///run/containerd/containerd.sock
  kubeletExtraArgs:
    node-ip: 10.0.0.11
---
apiVersion: kubeadm.k8s.io/v1beta2
kind: ClusterConfiguration
clusterName: demo
kubernetesVersion: v1.20.2
networking:
  podSubnet: 10.244.0.0/16
  serviceSubnet: 10.96.0.0/12
  dnsDomain: cluster.local
controllerManager:
  extraArgs:
    node-cidr-mask-size: '24'
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
cgroupDriver: systemd
---
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
`);
  });

  test.each([
    ["1.21.14", "v1beta2"],
    ["1.22.0", "v1beta3"],
    ["1.30.14", "v1beta3"],
    ["1.31.0", "v1beta4"],
    ["1.37.0", "v1beta4"],
  ])("for Kubernetes %s is %s", (kubernetesVersion, version) => {
    expect(documents({ ...plain, kubernetesVersion }).slice(0, 2)).toEqual([
      expect.objectContaining({ apiVersion: `kubeadm.k8s.io/${version}` }),
      expect.objectContaining({ apiVersion: `kubeadm.k8s.io/${version}`, kubernetesVersion: `v${kubernetesVersion}` }),
    ]);
  });

  test("from 1.31 on, arguments are lists", () => {
    const [init, cluster] = documents({ ...plain, kubernetesVersion: "1.36.4" });
    expect(init).toMatchObject({
      nodeRegistration: { kubeletExtraArgs: [{ name: "node-ip", value: "10.0.0.11" }] },
    });
    expect(cluster).toMatchObject({
      controllerManager: { extraArgs: [{ name: "node-cidr-mask-size", value: "24" }] },
    });
  });

  test("names what stands in front of the API, and what clients call it", () => {
    const [, cluster] = documents({ ...plain, endpoint: "api.example.org:8443", apiServerNames: ["203.0.113.5"] });
    expect(cluster).toMatchObject({
      controlPlaneEndpoint: "api.example.org:8443",
      apiServer: { certSANs: ["203.0.113.5"] },
    });
  });

  test("leaves the limit of tracked connections alone where it cannot be written", () => {
    expect(documents({ ...plain, mayLimitConnections: false }).at(-1)).toMatchObject({ conntrack: { maxPerCore: 0 } });
    expect(documents(plain).at(-1)).not.toHaveProperty("conntrack");
  });

  test("keeps an empty list of taints, which is not the same as none given", () => {
    const [init] = documents({ ...plain, registration: { ...plain.registration, taints: [] } });
    expect(init).toMatchObject({ nodeRegistration: { taints: [] } });
    expect(documents(plain)[0]).not.toHaveProperty("nodeRegistration.taints");
  });

  test("quotes what YAML 1.1, which kubeadm reads, takes for a number or a truth value", () => {
    const text = initConfiguration({ ...plain, clusterName: "012", dnsDomain: "on" }).reveal();
    expect(text).toContain("clusterName: '012'");
    expect(text).toContain("dnsDomain: 'on'");
  });
});
