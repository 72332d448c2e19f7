import type { KubeconfigFile } from "../../services.ts";

/** Where a cluster's kubeconfig is and how it is used, or how one comes by it. */
export function kubeconfigLines({ path, isThere }: KubeconfigFile): readonly string[] {
  if (!isThere) {
    return [
      "It is not on this machine. An install, or Check and mend, fetches it from the first control plane to",
      path,
    ];
  }
  return [
    path,
    "",
    `export KUBECONFIG=${path}`,
    "kubectl get nodes",
    "",
    "Whoever can read this file rules the cluster.",
  ];
}
