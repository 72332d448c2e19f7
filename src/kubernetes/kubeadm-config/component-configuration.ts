import type { InitDescription } from "./description.ts";

/**
 * The kubelet settings of the whole cluster; everything else is kubeadm's default.
 * @see https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
 */
export function kubeletConfiguration({ cgroupDriver }: InitDescription) {
  return { apiVersion: "kubelet.config.k8s.io/v1beta1", kind: "KubeletConfiguration", cgroupDriver };
}

/**
 * The kube-proxy settings of the whole cluster. The mode is named because its default changes with time;
 * `maxPerCore: 0` leaves the limit of tracked connections as the node has it.
 * @see https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/
 */
export function kubeProxyConfiguration({ mayLimitConnections }: InitDescription) {
  return {
    apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
    kind: "KubeProxyConfiguration",
    mode: "iptables",
    ...(mayLimitConnections ? {} : { conntrack: { maxPerCore: 0 } }),
  };
}
