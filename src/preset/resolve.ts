import type { Secret } from "../engine/secret.ts";
import type { SshTarget } from "../ssh/target.ts";
import type { ClusterWish, KubernetesSource, KubernetesWish, NodeSpec } from "./cluster-spec.ts";
import { expandPath, isUrl, type Surroundings } from "./locations.ts";
import { nodeNameFor } from "./node-name.ts";
import { formatPath, type Path } from "./path.ts";
import type { Preset } from "./schema/preset.ts";
import type { Bastion } from "./schema/ssh.ts";
import { labVersion, packagedVersion } from "./versions.ts";

type Login = Omit<Bastion, "address">;
type StaticTopology = NonNullable<Preset["spec"]["topology"]["static"]>;

interface Context {
  readonly surroundings: Surroundings;
  /** By the path of the reference, as `formatPath` writes it. */
  readonly secrets: ReadonlyMap<string, Secret>;
}

/**
 * The wanted cluster a preset describes: paths absolute, names given, each node with its own way to log in.
 * Secrets that were not read are left out.
 */
export function resolvePreset(preset: Preset, context: Context): ClusterWish {
  const { topology, ha, network, runtime, packages } = preset.spec;
  const { name } = preset.metadata;
  return {
    name,
    kubernetes: resolveKubernetes(preset, context.surroundings),
    topology:
      topology.static === undefined
        ? { kind: "lab", name, controlPlanes: 1, workers: 1, ...topology.lab }
        : { kind: "static", nodes: resolveNodes(topology.static, context) },
    ha,
    network,
    runtime,
    packages,
  };
}

function resolveKubernetes(preset: Preset, surroundings: Surroundings): KubernetesWish {
  const source = resolveSource(preset, surroundings);
  const { version } = preset.spec.kubernetes;
  if (version !== undefined) return { version, source };
  if (source.kind === "bundle") return { source };
  return { version: source.kind === "lab" ? labVersion : packagedVersion, source };
}

function resolveSource({ spec }: Preset, surroundings: Surroundings): KubernetesSource {
  const locate = (location: string) => (isUrl(location) ? location : expandPath(location, surroundings));
  const { bundle, binaries, packages } = spec.kubernetes.source ?? {};
  if (bundle !== undefined) return { kind: "bundle", path: expandPath(bundle.path, surroundings) };
  if (binaries !== undefined) return { kind: "binaries", location: locate(binaries.location) };
  if (packages === undefined && spec.topology.lab !== undefined) return { kind: "lab" };
  const { repository, signingKey } = packages ?? {};
  return {
    kind: "packages",
    ...(repository === undefined ? {} : { repository }),
    ...(signingKey === undefined ? {} : { signingKey: locate(signingKey) }),
  };
}

function resolveNodes(topology: StaticTopology, context: Context): NodeSpec[] {
  const path: Path = ["spec", "topology", "static"];
  const shared = resolveLogin(topology.ssh ?? {}, [...path, "ssh"], context);
  return topology.nodes.map(({ address, ssh = {}, ...node }, index) => ({
    name: node.name ?? nodeNameFor(address),
    address,
    internalAddress: node.internalAddress ?? address,
    roles: node.roles,
    labels: node.labels,
    taints: node.taints,
    ssh: { ...shared, ...resolveLogin(ssh, [...path, "nodes", index, "ssh"], context), address },
  }));
}

/** The keys of a login that are given; a bastion asks about host keys as the way behind it does, unless told. */
function resolveLogin(login: Login, path: Path, context: Context): Omit<SshTarget, "address"> {
  const { user, port, keyFile, hostKeys, hostKeyFingerprints, bastion } = login;
  const secretOf = (key: "passphrase" | "password" | "sudoPassword") => {
    const part = login[key]?.file === undefined ? "env" : "file";
    const secret = context.secrets.get(formatPath([...path, key, part]));
    return secret === undefined ? {} : { [key]: secret };
  };
  return {
    ...(user === undefined ? {} : { user }),
    ...(port === undefined ? {} : { port }),
    ...(keyFile === undefined ? {} : { keyFile: expandPath(keyFile, context.surroundings) }),
    ...secretOf("passphrase"),
    ...secretOf("password"),
    ...secretOf("sudoPassword"),
    ...(hostKeys === undefined ? {} : { hostKeys }),
    ...(hostKeyFingerprints === undefined ? {} : { hostKeyFingerprints }),
    ...(bastion === undefined
      ? {}
      : {
          bastion: {
            ...(hostKeys === undefined ? {} : { hostKeys }),
            ...resolveLogin(bastion, [...path, "bastion"], context),
            address: bastion.address,
          },
        }),
  };
}
