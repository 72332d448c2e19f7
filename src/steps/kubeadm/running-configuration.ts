import { load } from "js-yaml";
import { z } from "zod";
import { InstallerError } from "../../engine/errors.ts";
import type { ClusterSpec } from "../../preset/cluster-spec.ts";

const extraArgs = z.union([
  z.record(z.string(), z.string()),
  z.array(z.object({ name: z.string(), value: z.string() })),
]);

const schema = z.object({
  clusterName: z.string().default("kubernetes"),
  kubernetesVersion: z.string(),
  controlPlaneEndpoint: z.string().optional(),
  networking: z.object({
    podSubnet: z.string().optional(),
    serviceSubnet: z.string().optional(),
    dnsDomain: z.string().optional(),
  }),
  controllerManager: z.object({ extraArgs: extraArgs.optional() }).optional(),
});

/** The ClusterConfiguration a running cluster was made with, as kubeadm keeps it. */
export type RunningConfiguration = z.infer<typeof schema>;

/** Reads the ClusterConfiguration of the ConfigMap kubeadm-config, in any of kubeadm's versions. */
export function parseRunningConfiguration(yaml: string): RunningConfiguration {
  const parsed = schema.safeParse(load(yaml));
  if (parsed.success) return parsed.data;
  throw new InstallerError("step-failed", {
    message: "The cluster's own configuration (ConfigMap kube-system/kubeadm-config) cannot be read.",
    nextSteps: ["look at it: `kubectl -n kube-system get configmap kubeadm-config -o yaml`"],
    cause: parsed.error,
  });
}

/** Every way in which the running cluster is not the preset's, as `what: has → wants`. */
export function differences(running: RunningConfiguration, spec: ClusterSpec): readonly string[] {
  const { networking } = running;
  const pairs: readonly (readonly [what: string, has: string | undefined, wants: string | undefined])[] = [
    ["cluster name", running.clusterName, spec.name],
    ["Kubernetes version", running.kubernetesVersion, `v${spec.kubernetes.version}`],
    ["pod network", networking.podSubnet, spec.network.podCIDR],
    ["range of each node", nodePrefix(running), String(spec.network.nodePrefix)],
    ["service network", networking.serviceSubnet, spec.network.serviceCIDR],
    ["DNS domain", networking.dnsDomain, spec.network.dnsDomain],
    ["API endpoint", running.controlPlaneEndpoint, spec.ha.endpoint],
  ];
  return pairs
    .filter(([, has, wants]) => (has ?? "") !== (wants ?? ""))
    .map(([what, has, wants]) => `${what}: has ${has ?? "none"}, the preset wants ${wants ?? "none"}`);
}

function nodePrefix({ controllerManager }: RunningConfiguration): string {
  const args = controllerManager?.extraArgs;
  const value = Array.isArray(args)
    ? args.find(({ name }) => name === "node-cidr-mask-size")?.value
    : args?.["node-cidr-mask-size"];
  return value ?? "24";
}
