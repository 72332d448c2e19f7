/** An API object as JSON. */
export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    creationTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  readonly [field: string]: unknown;
}

/** A kind of object as kubectl names it. */
export interface Kind {
  readonly kind: string;
  /** How `-o name` prints it. */
  readonly name: string;
  readonly aliases: readonly string[];
  readonly namespaced: boolean;
}

export const kinds: readonly Kind[] = [
  { kind: "Node", name: "node", aliases: ["node", "nodes", "no"], namespaced: false },
  { kind: "Pod", name: "pod", aliases: ["pod", "pods", "po"], namespaced: true },
  { kind: "Service", name: "service", aliases: ["service", "services", "svc"], namespaced: true },
  { kind: "Endpoints", name: "endpoints", aliases: ["endpoints", "ep"], namespaced: true },
  { kind: "Secret", name: "secret", aliases: ["secret", "secrets"], namespaced: true },
  { kind: "ConfigMap", name: "configmap", aliases: ["configmap", "configmaps", "cm"], namespaced: true },
  { kind: "ServiceAccount", name: "serviceaccount", aliases: ["serviceaccount", "sa"], namespaced: true },
  { kind: "Deployment", name: "deployment.apps", aliases: ["deployment.apps", "deployment"], namespaced: true },
  { kind: "DaemonSet", name: "daemonset.apps", aliases: ["daemonset.apps", "daemonset"], namespaced: true },
  {
    kind: "Lease",
    name: "lease.coordination.k8s.io",
    aliases: ["lease.coordination.k8s.io", "lease", "leases"],
    namespaced: true,
  },
  {
    kind: "ClusterRole",
    name: "clusterrole.rbac.authorization.k8s.io",
    aliases: ["clusterrole.rbac.authorization.k8s.io", "clusterrole"],
    namespaced: false,
  },
  {
    kind: "ClusterRoleBinding",
    name: "clusterrolebinding.rbac.authorization.k8s.io",
    aliases: ["clusterrolebinding.rbac.authorization.k8s.io", "clusterrolebinding"],
    namespaced: false,
  },
];

export function kindNamed(alias: string): Kind | undefined {
  return kinds.find(({ aliases }) => aliases.includes(alias));
}

export function kindOf({ kind }: ApiObject): Kind | undefined {
  return kinds.find((known) => known.kind === kind);
}
