import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { InstallerError } from "../../engine/errors.ts";
import { makePrivateFolder, privateFileMode, stateFolder } from "../../engine/state-folder.ts";
import { checkLabName } from "./names.ts";

/** How one gets into the nodes: what differs from `root` with a key on port 22. */
export const variants = ["root", "sudo", "sudo-password", "port", "jump"] as const;
export type Variant = (typeof variants)[number];

export interface LabNode {
  readonly name: string;
  readonly role: "control-plane" | "worker" | "jump";
  readonly address: string;
  /** `SHA256:…` of the only host key. */
  readonly fingerprint: string;
}

/** What a lab consists of; written before anything of it is made, so that it can always be continued or taken away. */
export interface Inventory {
  readonly name: string;
  readonly subnet: number;
  readonly variant: Variant;
  /** The base image its disks lie on; under a newer one they would not fit. */
  readonly base: string;
  readonly nodes: readonly LabNode[];
}

/** The folder of a lab: inventory, keys and the disks of its nodes. */
export function labFolder(name: string): string {
  checkLabName(name);
  return join(stateFolder(), "labs", name);
}

export function nodeFolder(lab: string, node: string): string {
  return join(labFolder(lab), "nodes", node);
}

/** The key that opens every node of the lab. */
export function keyFile(lab: string): string {
  return join(labFolder(lab), "id_ed25519");
}

/** The key of the user on the jump node. */
export function jumpKeyFile(lab: string): string {
  return join(labFolder(lab), "jump_ed25519");
}

/** Where the password stands that sudo asks for in the variant `sudo-password`. */
export function sudoPasswordFile(lab: string): string {
  return join(labFolder(lab), "sudo-password");
}

/** The recorded lab, or undefined when there is none of that name. @throws InstallerError `usage` for a damaged record */
export async function readInventory(name: string): Promise<Inventory | undefined> {
  const text = await readFile(join(labFolder(name), "lab.json"), "utf8").catch(absent);
  return text === undefined ? undefined : parseInventory(text, name);
}

const inventorySchema = z.object({
  name: z.string(),
  subnet: z.int().nonnegative(),
  variant: z.enum(variants),
  base: z.string(),
  nodes: z.array(
    z.object({
      name: z.string(),
      role: z.enum(["control-plane", "worker", "jump"]),
      address: z.string(),
      fingerprint: z.string(),
    }),
  ),
});

/**
 * Reads the text of a lab's record.
 * @throws InstallerError `usage` when it is not what `writeInventory` wrote
 */
export function parseInventory(text: string, lab: string): Inventory {
  const parsed = inventorySchema.safeParse(jsonOf(text));
  if (parsed.success && parsed.data.name === lab) return parsed.data;
  throw new InstallerError("usage", {
    message: `The record of the lab ${lab} in ${labFolder(lab)}/lab.json is damaged.`,
    nextSteps: [`take the lab away, which needs no record: \`kube-installer lab down --name ${lab}\``],
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export async function writeInventory(inventory: Inventory): Promise<void> {
  const folder = labFolder(inventory.name);
  await makePrivateFolder(folder);
  const part = join(folder, "lab.json.part");
  await writeFile(part, `${JSON.stringify(inventory, null, 2)}\n`, { mode: privateFileMode });
  await rename(part, join(folder, "lab.json"));
}

/** Forgets a lab with everything it has on disk; its mounts must be gone. */
export async function removeLabFolder(name: string): Promise<void> {
  await rm(labFolder(name), { recursive: true, force: true });
}

/** The names of all labs with a folder, also of those whose making was cut short. */
export async function recordedLabs(): Promise<string[]> {
  const entries = await readdir(join(stateFolder(), "labs"), { withFileTypes: true }).catch(absent);
  return (entries ?? []).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

function absent(thrown: unknown): undefined {
  if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return undefined;
  throw thrown;
}
