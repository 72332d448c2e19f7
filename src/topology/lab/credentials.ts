import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { Secret } from "../../engine/secret.ts";
import { privateFileMode } from "../../engine/state-folder.ts";
import { jumpKeyFile, keyFile, sudoPasswordFile, type Variant } from "./inventory.ts";
import { ensureKey } from "./keys.ts";

/** What opens the nodes of a lab. */
export interface Credentials {
  /** Lines for authorized_keys. */
  readonly publicKey: { readonly nodes: string; readonly jump: string };
  readonly sudoPassword?: Secret;
}

/** Makes the lab's keys and password unless they are there; the secret halves stay in its folder. */
export async function ensureCredentials(lab: string, variant: Variant, signal: AbortSignal): Promise<Credentials> {
  const [nodes, jump] = await Promise.all([
    ensureKey(keyFile(lab), `kube-installer lab ${lab}`, signal),
    ensureKey(jumpKeyFile(lab), `kube-installer lab ${lab} jump`, signal),
  ]);
  const publicKey = { nodes, jump };
  return variant === "sudo-password" ? { publicKey, sudoPassword: await ensurePassword(lab) } : { publicKey };
}

async function ensurePassword(lab: string): Promise<Secret> {
  const file = sudoPasswordFile(lab);
  const present = await readFile(file, "utf8").catch(() => undefined);
  if (present !== undefined) return new Secret(present.trim());
  const password = randomBytes(18).toString("base64url");
  await writeFile(`${file}.part`, `${password}\n`, { mode: privateFileMode });
  await rename(`${file}.part`, file);
  return new Secret(password);
}
