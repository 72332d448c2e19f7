import type { Secret } from "../../engine/secret.ts";
import { cgroupDriver } from "../../kubernetes/cgroup-driver.ts";
import { controlPlaneTaints } from "../../kubernetes/control-plane-taints.ts";
import { discoveryFilePath } from "../../kubernetes/discovery-file.ts";
import type { InitDescription, JoinDescription, Registration } from "../../kubernetes/kubeadm-config/description.ts";
import type { ClusterSpec, NodeSpec } from "../../preset/cluster-spec.ts";
import type { Observation } from "../context.ts";

/** What `kubeadm init` is asked for on the first control plane. */
export function describeInit(
  { spec, firstControlPlane }: Observation,
  { token, mayLimitConnections }: { token: Secret; mayLimitConnections: boolean },
): InitDescription {
  const { machine, facts } = firstControlPlane;
  const { endpoint } = spec.ha;
  return {
    clusterName: spec.name,
    kubernetesVersion: spec.kubernetes.version,
    ...(endpoint === undefined ? {} : { endpoint }),
    apiServerNames: machine.address === machine.internalAddress ? [] : [machine.address],
    podCIDR: spec.network.podCIDR,
    serviceCIDR: spec.network.serviceCIDR,
    nodePrefix: spec.network.nodePrefix,
    dnsDomain: spec.network.dnsDomain,
    cgroupDriver: cgroupDriver(facts),
    mayLimitConnections,
    registration: registration(machine, spec),
    token,
  };
}

/** What `kubeadm join` is asked for on a worker. */
export function describeJoin({ spec, node }: Observation, token: Secret): JoinDescription {
  return {
    kubernetesVersion: spec.kubernetes.version,
    discoveryFile: discoveryFilePath,
    token,
    registration: registration(node.machine, spec),
  };
}

function registration(machine: NodeSpec, spec: ClusterSpec): Registration {
  const { name, internalAddress, roles, taints } = machine;
  const place = { name, internalAddress };
  if (!roles.includes("control-plane")) return taints.length === 0 ? place : { ...place, taints };
  if (roles.includes("worker")) return { ...place, taints };
  return taints.length === 0
    ? place
    : { ...place, taints: [...controlPlaneTaints(spec.kubernetes.version), ...taints] };
}
