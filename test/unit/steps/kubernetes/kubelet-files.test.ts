import { expect, test } from "vitest";
import { kubeletFiles } from "../../../../src/steps/kubernetes/kubelet-files.ts";

test("the unit and kubeadm's drop-in are those of the project's packages, with the folder of the programs", () => {
  expect(kubeletFiles("/usr/local/bin", [])).toEqual([
    {
      path: "/etc/systemd/system/kubelet.service",
      content: `[Unit]
Description=kubelet: The Kubernetes Node Agent
Documentation=https://kubernetes.io/docs/
Wants=network-online.target
After=network-online.target containerd.service

[Service]
ExecStart=/usr/local/bin/kubelet
Restart=always
StartLimitInterval=0
RestartSec=10

[Install]
WantedBy=multi-user.target
`,
    },
    {
      path: "/etc/systemd/system/kubelet.service.d/10-kubeadm.conf",
      content: `# For kubeadm; kubelet-integration in the Kubernetes documentation explains each line.
[Service]
Environment="KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf"
Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"
EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env
EnvironmentFile=-/etc/default/kubelet
ExecStart=
ExecStart=/usr/local/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS
`,
    },
  ]);
});

test("a flag of this node alone comes last, where it wins", () => {
  const [, dropIn] = kubeletFiles("/usr/bin", ["--fail-swap-on=false"]);
  expect(dropIn?.content).toMatch(/^ExecStart=\/usr\/bin\/kubelet .*\$KUBELET_EXTRA_ARGS --fail-swap-on=false$/m);
});
