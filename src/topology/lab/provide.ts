import { readFile } from "node:fs/promises";
import { Secret } from "../../engine/secret.ts";
import type { LabTopology } from "../../preset/cluster-spec.ts";
import type { SshTarget } from "../../ssh/target.ts";
import type { Machine } from "../machine.ts";
import { type Inventory, jumpKeyFile, keyFile, type LabNode, sudoPasswordFile } from "./inventory.ts";
import { downLab, upLab } from "./lab.ts";
import { jumpUser, sshPort, sudoUser } from "./node-files.ts";
import type { LabWork } from "./progress.ts";

/** Makes the lab of a preset with the lab topology, or starts what of it is off, and gives its machines. */
export async function provideLab({ name, controlPlanes, workers }: LabTopology, work: LabWork): Promise<Machine[]> {
  return machinesOf(await upLab({ name, controlPlanes, workers, installPackages: false }, work));
}

/** Takes away the lab of a preset with the lab topology. */
export async function releaseLab({ name }: LabTopology, work: LabWork): Promise<void> {
  await downLab(name, work);
}

/** The lab's nodes as machines of a cluster, with what is needed to log in to them. */
export async function machinesOf(inventory: Inventory): Promise<Machine[]> {
  const members = inventory.nodes.filter((node) => node.role !== "jump");
  const login = await loginTo(inventory);
  return members.map((node) => ({
    name: node.name,
    address: node.address,
    internalAddress: node.address,
    roles: rolesOf(node, members.length),
    labels: {},
    taints: [],
    ssh: { ...login, address: node.address, hostKeyFingerprints: [node.fingerprint] },
  }));
}

/** A node that is alone also takes ordinary pods. */
export function rolesOf({ role }: LabNode, members: number): ("control-plane" | "worker")[] {
  if (members === 1) return ["control-plane", "worker"];
  return [role === "control-plane" ? "control-plane" : "worker"];
}

async function loginTo({ name, variant, nodes }: Inventory): Promise<Omit<SshTarget, "address">> {
  const jump = nodes.find((node) => node.role === "jump");
  return {
    user: loginUser(variant),
    port: sshPort(variant),
    keyFile: keyFile(name),
    ...(variant === "sudo-password"
      ? { sudoPassword: new Secret((await readFile(sudoPasswordFile(name), "utf8")).trim()) }
      : {}),
    ...(jump === undefined ? {} : { bastion: bastion(name, jump) }),
  };
}

/** Whom one logs in as in a variant. */
export function loginUser(variant: Inventory["variant"]): string {
  return variant === "sudo" || variant === "sudo-password" ? sudoUser : "root";
}

/** How one gets to the jump node. */
export function bastion(lab: string, { address, fingerprint }: LabNode) {
  return { address, user: jumpUser, port: 22, keyFile: jumpKeyFile(lab), hostKeyFingerprints: [fingerprint] };
}
