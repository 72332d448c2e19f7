/** Ports every node listens on. @see https://kubernetes.io/docs/reference/networking/ports-and-protocols/ */
export const nodePorts: Readonly<Record<number, string>> = {
  10248: "health of the kubelet",
  10249: "metrics of kube-proxy",
  10250: "kubelet",
  10256: "health of kube-proxy",
};

/** Ports a control plane listens on besides. */
export const controlPlanePorts: Readonly<Record<number, string>> = {
  2379: "etcd for the API server",
  2380: "etcd for its peers",
  6443: "API server",
  10257: "controller manager",
  10259: "scheduler",
};

/** The range Services of type NodePort are published on. */
export const servicePorts = { first: 30_000, last: 32_767 } as const;

export const apiPort = 6443;
export const kubeletPort = 10_250;
export const etcdPorts = [2379, 2380] as const;
