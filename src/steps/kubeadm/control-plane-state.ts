import { definesAnswer, kubectlCache } from "../../kubernetes/kubectl.ts";
import { sh } from "../../ssh/shell.ts";
import type { ObservedNode } from "../context.ts";
import { fields } from "../fields.ts";
import { claimFile } from "./claim.ts";
import { parseRunningConfiguration, type RunningConfiguration } from "./running-configuration.ts";

/** What a node has of a control plane. */
export type ControlPlaneState =
  | { readonly kind: "absent" }
  /** A kubelet's credentials but no administrator's: a worker of some cluster. */
  | { readonly kind: "worker" }
  /** kubeadm wrote files, but the API never answered, so nothing can have been stored yet; or a reset was cut short. */
  | { readonly kind: "unfinished" }
  /** A cluster that has been in use, or at least answers somehow; its API does not serve now. */
  | { readonly kind: "silent"; readonly saw: string }
  | {
      readonly kind: "answers";
      /** What the last phases of `kubeadm init` make and is not there. */
      readonly lacking: readonly string[];
      readonly configuration?: RunningConfiguration;
    };

/** The objects `kubeadm init` makes after the API answers, by phase. */
const madeByLastPhases = [
  "configmap/kubeadm-config",
  "deployment.apps/coredns",
  "daemonset.apps/kube-proxy",
  "clusterrolebinding.rbac.authorization.k8s.io/kubeadm:node-proxier",
] as const;

const look = sh`${definesAnswer}
grep -qsx resetting ${claimFile} && echo resetting
[ -e /etc/kubernetes/admin.conf ] && echo admin
[ -e /etc/kubernetes/kubelet.conf ] && echo kubelet
[ -e /etc/kubernetes/manifests/kube-apiserver.yaml ] && echo manifest
grep -qs kubelet-client-current /etc/kubernetes/kubelet.conf && echo settled
[ -e /etc/kubernetes/admin.conf ] || exit 0
export KUBECONFIG=/etc/kubernetes/admin.conf
answer=$(answer timeout 15 kubectl --cache-dir=${kubectlCache} get --raw=/readyz --request-timeout=5s)
echo "readyz $(echo "$answer" | tail -n 1)"
[ "$answer" = ok ] || exit 0
made=$(answer kubectl --cache-dir=${kubectlCache} get --request-timeout=10s -n kube-system --ignore-not-found -o name ${madeByLastPhases}) &&
configuration=$(answer kubectl --cache-dir=${kubectlCache} get --request-timeout=10s -n kube-system --ignore-not-found -o 'jsonpath={.data.ClusterConfiguration}' configmap/kubeadm-config) ||
{ echo "unreadable $(echo "$made $configuration" | tail -n 1)"; exit 0; }
[ -z "$made" ] || echo "$made" | sed 's/$/ made/'
echo "configuration $(echo "$configuration" | base64 -w 0)"`;

/** Looks at a node once and says how far a control plane has come there. */
export async function controlPlaneState(node: ObservedNode): Promise<ControlPlaneState> {
  const saw = fields((await node.read(look)).stdout);
  if (saw.has("resetting")) return { kind: "unfinished" };
  if (!saw.has("admin")) {
    if (saw.has("kubelet")) return { kind: "worker" };
    return saw.has("manifest") ? { kind: "unfinished" } : { kind: "absent" };
  }
  const readyz = saw.get("readyz") ?? "";
  if (readyz !== "ok") return saw.has("settled") ? { kind: "silent", saw: readyz } : { kind: "unfinished" };
  const unreadable = saw.get("unreadable");
  if (unreadable !== undefined) return { kind: "silent", saw: unreadable };
  const configuration = Buffer.from(saw.get("configuration") ?? "", "base64")
    .toString("utf8")
    .trim();
  return {
    kind: "answers",
    lacking: madeByLastPhases.filter((name) => !saw.has(name)),
    ...(configuration === "" ? {} : { configuration: parseRunningConfiguration(configuration) }),
  };
}
