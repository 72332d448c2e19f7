import type { Dialect } from "./dialect.ts";

/**
 * For Kubernetes 1.31 and later: arguments are lists, timeouts have a place of their own.
 * @see https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/
 */
export const v1beta4: Dialect = {
  apiVersion: "kubeadm.k8s.io/v1beta4",
  extraArgs: (args) => Object.entries(args).map(([name, value]) => ({ name, value })),
  discoveryTimeout: (discovery) => ({ join: { timeouts: { discovery } } }),
};
