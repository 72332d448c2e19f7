#!/usr/bin/env bash
# install-by-hand.sh BUNDLE KEY NAME=ADDRESS…: what an experienced operator would write for one control plane (the first
# node) and workers, everything that can be parallel in parallel. The baseline of `npm run bench -- install`.
set -euo pipefail
bundle=$1 key=$2
shift 2
first=${1#*=} first_name=${1%%=*}
declare -A address
for pair in "$@"; do address[${pair%%=*}]=${pair#*=}; done
sockets=$(mktemp -d)
trap 'rm -rf "$sockets"' EXIT
on() { # on ADDRESS COMMAND: over one multiplexed connection per node
  ssh -q -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o ControlMaster=auto -o ControlPersist=20 \
    -o "ControlPath=$sockets/%h" -i "$key" "root@$1" "$2"
}

prepare() { # NAME ADDRESS IMAGE…
  local name=$1 node=$2
  shift 2
  on "$node" 'set -e
    printf "%s\n" overlay br_netfilter > /etc/modules-load.d/kubernetes.conf
    printf "%s\n" net.ipv4.ip_forward=1 net.bridge.bridge-nf-call-iptables=1 > /etc/sysctl.d/99-kubernetes.conf
    sysctl -q --system || true
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update
    apt-get -qq install -y --no-install-recommends containerd runc containernetworking-plugins iptables conntrack \
      ebtables ethtool socat iproute2 >/dev/null
    mkdir -p /etc/containerd
    printf "%s\n" "version = 2" "[plugins.\"io.containerd.grpc.v1.cri\"]" "sandbox_image = \"k8s.gcr.io/pause:3.2\"" \
      "restrict_oom_score_adj = true" "[plugins.\"io.containerd.grpc.v1.cri\".cni]" "bin_dir = \"/usr/lib/cni\"" \
      > /etc/containerd/config.toml
    systemctl restart containerd' >/dev/null
  tar -C "$bundle/bin" -cf - kubeadm kubelet kubectl crictl | on "$node" 'tar -C /usr/local/bin -xf -' &
  local image
  for image in "$@"; do on "$node" 'ctr -n k8s.io images import - >/dev/null' < "$image"; done
  wait
  on "$node" 'set -e
    mkdir -p /etc/systemd/system/kubelet.service.d
    printf "%s\n" "[Service]" "ExecStart=/usr/local/bin/kubelet \$KUBELET_KUBECONFIG_ARGS \$KUBELET_CONFIG_ARGS \$KUBELET_KUBEADM_ARGS" \
      "Restart=always" "RestartSec=2" "[Install]" "WantedBy=multi-user.target" > /etc/systemd/system/kubelet.service
    printf "%s\n" "[Service]" \
      "Environment=\"KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf\"" \
      "Environment=\"KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml\"" \
      "EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env" > /etc/systemd/system/kubelet.service.d/10-kubeadm.conf
    systemctl daemon-reload; systemctl -q enable kubelet'
  touch "$sockets/prepared-$name"
}

all=("$bundle"/images/*.tar)
worker=()
for image in "${all[@]}"; do
  case $image in *apiserver* | *controller-manager* | *scheduler* | *etcd*) ;; *) worker+=("$image") ;; esac
done
for name in "${!address[@]}"; do
  if [ "$name" = "$first_name" ]; then images=("${all[@]}"); else images=("${worker[@]}"); fi
  prepare "$name" "${address[$name]}" "${images[@]}" &
done

until [ -e "$sockets/prepared-$first_name" ]; do sleep 0.2; done
token=$(head -c 11 /dev/urandom | od -An -tx1 | tr -d ' \n' | sed 's/^\(......\)\(.*\)$/\1.\2/')
on "$first" "cat > /root/init.yaml; kubeadm init --config /root/init.yaml >/root/init.log 2>&1" <<INIT
apiVersion: kubeadm.k8s.io/v1beta2
kind: InitConfiguration
bootstrapTokens: [{token: "$token"}]
nodeRegistration: {criSocket: "unix:///run/containerd/containerd.sock", name: "$first_name"}
localAPIEndpoint: {advertiseAddress: "$first"}
---
apiVersion: kubeadm.k8s.io/v1beta2
kind: ClusterConfiguration
kubernetesVersion: v1.20.2
networking: {podSubnet: 10.244.0.0/16}
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
cgroupDriver: cgroupfs
failSwapOn: false
---
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
conntrack: {maxPerCore: 0}
INIT
hash=$(on "$first" "openssl x509 -pubkey -in /etc/kubernetes/pki/ca.crt | openssl pkey -pubin -outform der | sha256sum | cut -d' ' -f1")
wait
for name in "${!address[@]}"; do
  [ "$name" = "$first_name" ] && continue
  on "${address[$name]}" "kubeadm join $first:6443 --node-name $name --cri-socket unix:///run/containerd/containerd.sock \
    --token $token --discovery-token-ca-cert-hash sha256:$hash >/root/join.log 2>&1" &
done
wait

kubectl() { on "$first" "kubectl --kubeconfig /etc/kubernetes/admin.conf $*"; }
ranges=$(kubectl "get nodes -o jsonpath='{range .items[*]}{.metadata.name} {.spec.podCIDR}{\"\\n\"}{end}'")
while read -r name range; do
  routes=
  while read -r peer peer_range; do
    [ "$peer" = "$name" ] || routes+="ip route replace $peer_range via ${address[$peer]};"
  done <<< "$ranges"
  on "${address[$name]}" "mkdir -p /etc/cni/net.d; cat > /etc/cni/net.d/10-bridge.conflist; $routes
    iptables -t nat -A POSTROUTING -s $range ! -d 10.244.0.0/16 -j MASQUERADE" <<CNI &
{"cniVersion":"0.3.1","name":"pods","plugins":[{"type":"bridge","bridge":"cbr0","isDefaultGateway":true,"hairpinMode":true,
"ipam":{"type":"host-local","ranges":[[{"subnet":"$range"}]]}},{"type":"portmap","capabilities":{"portMappings":true}}]}
CNI
done <<< "$ranges"
wait
kubectl "wait --for=condition=Ready nodes --all --timeout=120s"
kubectl "-n kube-system rollout status deployment/coredns --timeout=120s"
