import type { WantedFile } from "../receipt/put-files.ts";

/** The step that makes the kubelet a service, and takes that back. */
export const kubeletStep = "kubernetes.kubelet-unit";

export const kubeletUnit = "kubelet.service";

/**
 * The kubelet's unit and kubeadm's drop-in, as the project's own packages bring them.
 * @see https://github.com/kubernetes/release/tree/master/cmd/krel/templates/latest
 * @see https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/kubelet-integration/
 * @param arguments_ flags for this node alone, besides those kubeadm decides on
 */
export function kubeletFiles(binaryFolder: string, arguments_: readonly string[]): readonly WantedFile[] {
  return [
    { path: `/etc/systemd/system/${kubeletUnit}`, content: unit(binaryFolder) },
    { path: `/etc/systemd/system/${kubeletUnit}.d/10-kubeadm.conf`, content: dropIn(binaryFolder, arguments_) },
  ];
}

function unit(binaryFolder: string): string {
  return `[Unit]
Description=kubelet: The Kubernetes Node Agent
Documentation=https://kubernetes.io/docs/
Wants=network-online.target
After=network-online.target containerd.service

[Service]
ExecStart=${binaryFolder}/kubelet
Restart=always
StartLimitInterval=0
RestartSec=10

[Install]
WantedBy=multi-user.target
`;
}

function dropIn(binaryFolder: string, arguments_: readonly string[]): string {
  const variables = ["KUBELET_KUBECONFIG_ARGS", "KUBELET_CONFIG_ARGS", "KUBELET_KUBEADM_ARGS", "KUBELET_EXTRA_ARGS"];
  const own = arguments_.map((argument) => ` ${argument}`).join("");
  return `# For kubeadm; kubelet-integration in the Kubernetes documentation explains each line.
[Service]
Environment="KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf"
Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"
EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env
EnvironmentFile=-/etc/default/kubelet
ExecStart=
ExecStart=${binaryFolder}/kubelet ${variables.map((name) => `$${name}`).join(" ")}${own}
`;
}
