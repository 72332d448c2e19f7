import type { Taint } from "../preset/cluster-spec.ts";
import { minorVersion } from "./version.ts";

/**
 * The taints kubeadm itself gives a control plane, needed when a preset adds taints of its own, because any list
 * replaces kubeadm's. The key changed from `master` to `control-plane` over the releases 1.24 and 1.25.
 * @see https://kubernetes.io/blog/2022/04/07/upcoming-changes-in-kubernetes-1-24/
 */
export function controlPlaneTaints(version: string): readonly Taint[] {
  const minor = minorVersion(version);
  const keys = [
    ...(minor >= 24 ? ["node-role.kubernetes.io/control-plane"] : []),
    ...(minor <= 24 ? ["node-role.kubernetes.io/master"] : []),
  ];
  return keys.map((key) => ({ key, effect: "NoSchedule" }));
}
