import type { Dialect } from "./dialect.ts";

/**
 * For Kubernetes 1.20 and 1.21.
 * @see https://pkg.go.dev/k8s.io/kubernetes@v1.21.14/cmd/kubeadm/app/apis/kubeadm/v1beta2
 */
export const v1beta2: Dialect = {
  apiVersion: "kubeadm.k8s.io/v1beta2",
  extraArgs: (args) => args,
  discoveryTimeout: (timeout) => ({ discovery: { timeout } }),
};
