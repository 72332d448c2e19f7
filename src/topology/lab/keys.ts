import { createHash } from "node:crypto";
import { readFile, rename, rm } from "node:fs/promises";
import { runLocal } from "../../engine/local-command.ts";

/** Makes an ed25519 key pair (`path`, `path.pub`) unless it is there, and gives the public half. */
export async function ensureKey(path: string, comment: string, signal: AbortSignal): Promise<string> {
  const present = await readFile(`${path}.pub`, "utf8").catch(() => undefined);
  if (present !== undefined) return present.trim();
  const part = `${path}.part`;
  await Promise.all([path, part, `${part}.pub`].map((file) => rm(file, { force: true })));
  await runLocal("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", part], { signal });
  await rename(part, path);
  await rename(`${part}.pub`, `${path}.pub`);
  return (await readFile(`${path}.pub`, "utf8")).trim();
}

/**
 * The fingerprint OpenSSH shows for a public key, `SHA256:…`.
 * @param line as in a .pub file: type, base64, comment
 */
export function fingerprintOf(line: string): string {
  const blob = Buffer.from(line.split(" ")[1] ?? "", "base64");
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}
