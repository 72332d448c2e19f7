import type { Dialect } from "./dialect.ts";

/**
 * For Kubernetes 1.22 to 1.30.
 * @see https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta3/
 */
export const v1beta3: Dialect = {
  apiVersion: "kubeadm.k8s.io/v1beta3",
  extraArgs: (args) => args,
  discoveryTimeout: (timeout) => ({ discovery: { timeout } }),
};
