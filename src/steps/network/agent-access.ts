import { Secret } from "../../engine/secret.ts";
import { kubectl } from "../../kubernetes/kubectl.ts";
import type { Observation } from "../context.ts";
import { perRun } from "../per-run.ts";

/** The name of everything in the cluster that belongs to the agents. */
export const accessName = "kube-installer-bridge";

/**
 * What lets the agents read Nodes, and nothing else: an account, a role and a token that does not expire.
 * The kubelet's own credentials would not do: since Kubernetes 1.32 they show no Node but its own.
 */
export const accessObjects = {
  apiVersion: "v1",
  kind: "List",
  items: [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: accessName, namespace: "kube-system" } },
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        name: accessName,
        namespace: "kube-system",
        annotations: { "kubernetes.io/service-account.name": accessName },
      },
      type: "kubernetes.io/service-account-token",
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: accessName },
      rules: [{ apiGroups: [""], resources: ["nodes"], verbs: ["get", "list", "watch"] }],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: accessName },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: accessName },
      subjects: [{ kind: "ServiceAccount", name: accessName, namespace: "kube-system" }],
    },
  ],
};

const found = perRun<{ token?: Promise<Secret | undefined> }>(() => ({}));

/** The agents' token, asked of the cluster once per run; undefined as long as the cluster has none. */
export async function agentToken(context: Observation): Promise<Secret | undefined> {
  const run = found(context);
  run.token ??= readToken(context);
  const token = await run.token;
  if (token === undefined) delete run.token;
  return token;
}

async function readToken({ firstControlPlane }: Observation): Promise<Secret | undefined> {
  const { stdout } = await firstControlPlane.read(
    kubectl(
      ...["get", "secret", accessName, "--namespace=kube-system", "--ignore-not-found"],
      "--output=jsonpath={.data.token}",
    ),
  );
  return stdout === "" ? undefined : new Secret(Buffer.from(stdout, "base64").toString("utf8"));
}
