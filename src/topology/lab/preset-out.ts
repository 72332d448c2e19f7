import { rename, writeFile } from "node:fs/promises";
import { privateFileMode } from "../../engine/state-folder.ts";
import type { PresetInput } from "../../preset/schema/preset.ts";
import { writePreset } from "../../preset/write.ts";
import { type Inventory, keyFile, sudoPasswordFile } from "./inventory.ts";
import { sshPort } from "./node-files.ts";
import { bastion, loginUser, rolesOf } from "./provide.ts";

/** The Kubernetes a preset for the lab installs. */
export interface LabKubernetes {
  readonly version: string;
  /** Folder of a verified bundle. */
  readonly bundle: string;
}

/** The preset that makes a cluster of the lab's nodes, logging in the way the lab was made for. */
export function presetFor(inventory: Inventory, kubernetes: LabKubernetes): PresetInput {
  const { name, variant, nodes } = inventory;
  const members = nodes.filter((node) => node.role !== "jump");
  const jump = nodes.find((node) => node.role === "jump");
  return {
    apiVersion: "kube-installer/v1",
    kind: "Cluster",
    metadata: { name },
    spec: {
      kubernetes: { version: kubernetes.version, source: { bundle: { path: kubernetes.bundle } } },
      topology: {
        static: {
          ssh: {
            user: loginUser(variant),
            port: sshPort(variant),
            keyFile: keyFile(name),
            ...(variant === "sudo-password" ? { sudoPassword: { file: sudoPasswordFile(name) } } : {}),
            ...(jump === undefined ? {} : { bastion: bastion(name, jump) }),
          },
          nodes: members.map((node) => ({
            name: node.name,
            address: node.address,
            roles: rolesOf(node, members.length),
            ssh: { hostKeyFingerprints: [node.fingerprint] },
          })),
        },
      },
    },
  };
}

/** Writes the preset, readable to its owner only. */
export async function savePreset(path: string, preset: PresetInput): Promise<void> {
  const text = writePreset(preset, {
    comment: [`The nodes of \`kube-installer lab up --name ${preset.metadata.name}\`.`],
  });
  await writeFile(`${path}.part`, text, { mode: privateFileMode });
  await rename(`${path}.part`, path);
}
