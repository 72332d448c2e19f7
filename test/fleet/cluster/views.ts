import { type Cluster, nodeNameOf, specOf } from "./cluster.ts";
import type { ApiObject } from "./objects.ts";

/** An object as the API shows it: with the status its machines give it right now. */
export function shown(cluster: Cluster, object: ApiObject): ApiObject {
  if (object.kind === "Node") return shownNode(cluster, object);
  return object.kind === "Pod" ? shownPod(cluster, object) : object;
}

/** The objects of a kind as the API shows them. */
export function shownList(cluster: Cluster, kind: string, namespace?: string): readonly ApiObject[] {
  if (kind === "Endpoints") return endpoints(cluster, namespace);
  return cluster.list(kind, namespace).map((object) => shown(cluster, object));
}

function shownNode(cluster: Cluster, node: ApiObject): ApiObject {
  const ready = cluster.isReady(node.metadata.name);
  const message = ready
    ? "kubelet is posting ready status"
    : "the network plugin is not ready, or the kubelet is silent";
  const status = typeof node.status === "object" ? node.status : {};
  return {
    ...node,
    status: { ...status, conditions: [{ type: "Ready", status: ready ? "True" : "False", message }] },
  };
}

function shownPod(cluster: Cluster, pod: ApiObject): ApiObject {
  const node = nodeNameOf(pod);
  const machine = cluster.machineOf(node);
  const local = machine?.pods.get(pod.metadata.name);
  const host = specOf(pod).hostNetwork === true && cluster.isReady(node) ? machine?.internalAddress : undefined;
  const podIP = local?.address ?? host;
  const running = podIP !== undefined && cluster.isReady(node);
  return {
    ...pod,
    status: {
      phase: running ? "Running" : "Pending",
      ...(podIP === undefined ? {} : { podIP }),
      conditions: [{ type: "Ready", status: running ? "True" : "False" }],
      containerStatuses: running ? [{ state: {} }] : [{ state: { waiting: { reason: "ContainerCreating" } } }],
    },
  };
}

function endpoints(cluster: Cluster, namespace?: string): readonly ApiObject[] {
  return cluster.list("Service", namespace).map((service) => {
    const selector = Object.entries(specOf(service).selector ?? {});
    const selects = (pod: ApiObject) => selector.every(([name, value]) => pod.metadata.labels?.[name] === value);
    const selected = selector.length === 0 ? [] : cluster.list("Pod", service.metadata.namespace).filter(selects);
    const pods = selected
      .map((pod) => shown(cluster, pod))
      .filter(
        ({ status }) =>
          typeof status === "object" && status !== null && "phase" in status && status.phase === "Running",
      );
    const addresses = pods.map(({ status }) => ({
      ip: typeof status === "object" && status !== null && "podIP" in status ? status.podIP : "",
    }));
    return {
      apiVersion: "v1",
      kind: "Endpoints",
      metadata: { ...service.metadata },
      subsets: addresses.length === 0 ? [] : [{ addresses }],
    };
  });
}
