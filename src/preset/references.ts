import { isUrl } from "./locations.ts";
import type { Path } from "./path.ts";
import type { Preset } from "./schema/preset.ts";
import type { Bastion } from "./schema/ssh.ts";

/** Something outside the preset that the preset points to. */
export interface Reference {
  readonly path: Path;
  readonly kind: "secret-file" | "secret-variable" | "file";
  /** A path as written, or the name of an environment variable. */
  readonly target: string;
  /** Every command logs in to the nodes, but only some install something on them. */
  readonly neededTo: "log in" | "install";
}

type Login = Omit<Bastion, "address">;

const secretKeys = ["passphrase", "password", "sudoPassword"] as const;

/** Everything a preset points to on this machine: secrets, key files, the bundle. */
export function listReferences(preset: Preset): Reference[] {
  const { topology, kubernetes } = preset.spec;
  const atStatic: Path = ["spec", "topology", "static"];
  const source: Path = ["spec", "kubernetes", "source"];
  const { packages, binaries, bundle } = kubernetes.source ?? {};
  return [
    ...ofLogin(topology.static?.ssh, [...atStatic, "ssh"]),
    ...(topology.static?.nodes ?? []).flatMap((node, index) => ofLogin(node.ssh, [...atStatic, "nodes", index, "ssh"])),
    ...ofFile(packages?.signingKey, "install", [...source, "packages", "signingKey"]),
    ...ofFile(binaries?.location, "install", [...source, "binaries", "location"]),
    ...ofFile(bundle?.path, "install", [...source, "bundle", "path"]),
  ];
}

function ofLogin(login: Login | undefined, path: Path): Reference[] {
  if (login === undefined) return [];
  const secrets = secretKeys.flatMap((key): Reference[] => {
    const { file, env } = login[key] ?? {};
    const neededTo = "log in";
    if (file !== undefined) return [{ kind: "secret-file", path: [...path, key, "file"], target: file, neededTo }];
    return env === undefined ? [] : [{ kind: "secret-variable", path: [...path, key, "env"], target: env, neededTo }];
  });
  return [
    ...ofFile(login.keyFile, "log in", [...path, "keyFile"]),
    ...secrets,
    ...ofLogin(login.bastion, [...path, "bastion"]),
  ];
}

function ofFile(target: string | undefined, neededTo: Reference["neededTo"], path: Path): Reference[] {
  return target === undefined || isUrl(target) ? [] : [{ kind: "file", path, target, neededTo }];
}
