/** Where a joining node finds the discovery file; it holds no secret. */
export const discoveryFilePath = "/run/kube-installer/cluster.kubeconfig";

/**
 * How a joining node knows the cluster: its address and its authority, which came over SSH. Discovery by token and pin
 * would be as safe but slower: it waits until the controller manager has signed for the token. The cluster has no
 * name, as in the ConfigMap cluster-info, so that kubeadm asks for no user.
 * @see https://kubernetes.io/docs/reference/setup-tools/kubeadm/kubeadm-join/#file-or-https-based-discovery
 */
export function discoveryFile({ apiServer, ca }: { readonly apiServer: string; readonly ca: string }): string {
  return `${JSON.stringify(
    {
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        {
          name: "",
          cluster: {
            server: `https://${apiServer}`,
            "certificate-authority-data": Buffer.from(ca).toString("base64"),
          },
        },
      ],
    },
    undefined,
    2,
  )}\n`;
}
