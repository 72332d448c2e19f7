import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import ssh2, { type ParsedKey } from "ssh2";
import { Secret } from "../engine/secret.ts";

/** A private key read from a file: ready to sign, or why it cannot be used. */
export type LoadedKey = { readonly key: ParsedKey } | { readonly problem: "absent" | "encrypted" | string };

const loaded = new Map<string, Promise<LoadedKey>>();

/**
 * Reads and decrypts a private key once per process: decrypting takes some 400 ms of blocking work.
 * A file that is absent, encrypted without a passphrase, or of an unknown kind is a value, not an error.
 */
export function loadPrivateKey(path: string, passphrase: Secret | undefined): Promise<LoadedKey> {
  const id = `${path}\n${passphrase === undefined ? "" : createHash("sha256").update(passphrase.reveal()).digest("hex")}`;
  const earlier = loaded.get(id);
  if (earlier !== undefined) return earlier;
  const loading = parse(path, passphrase);
  loaded.set(id, loading);
  loading.then((result) => {
    if ("problem" in result) loaded.delete(id);
  });
  return loading;
}

async function parse(path: string, passphrase: Secret | undefined): Promise<LoadedKey> {
  const text = await readText(path);
  if (text === undefined) return { problem: "absent" };
  if (text instanceof Error) return { problem: `cannot be read: ${text.message}` };
  new Secret(text);
  const parsed = ssh2.utils.parseKey(text, passphrase?.reveal());
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  if (key instanceof Error) {
    if (/no passphrase given/i.test(key.message)) return { problem: "encrypted" };
    if (passphrase !== undefined && /bad passphrase|integrity check|bad decrypt|failed to decrypt/i.test(key.message)) {
      return { problem: "the passphrase is wrong" };
    }
    return { problem: `cannot be used: ${key.message}` };
  }
  if (key === undefined || !key.isPrivateKey()) return { problem: "holds no private key" };
  return { key };
}

/** The public part of a key file in wire format, from `PATH.pub` or out of the key itself; works without passphrase. */
export async function publicPart(path: string): Promise<Buffer | undefined> {
  const publicText = await readText(`${path}.pub`);
  const [, encoded] = typeof publicText === "string" ? publicText.trim().split(/\s+/) : [];
  if (encoded !== undefined) return Buffer.from(encoded, "base64");
  const text = await readText(path);
  const body = typeof text === "string" ? /BEGIN OPENSSH PRIVATE KEY-----([^-]+)/.exec(text)?.[1] : undefined;
  return body === undefined ? undefined : publicPartOfOpensshKey(Buffer.from(body, "base64"));
}

/** @see https://cvsweb.openbsd.org/src/usr.bin/ssh/PROTOCOL.key */
function publicPartOfOpensshKey(bytes: Buffer): Buffer | undefined {
  const magic = "openssh-key-v1\0";
  if (bytes.toString("latin1", 0, magic.length) !== magic) return undefined;
  let at = magic.length;
  for (let skipped = 0; skipped < 3 && at + 4 <= bytes.length; skipped++) at += 4 + bytes.readUInt32BE(at);
  at += 4;
  if (at + 4 > bytes.length) return undefined;
  return bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at));
}

async function readText(path: string): Promise<string | Error | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    return "code" in thrown && (thrown.code === "ENOENT" || thrown.code === "ENOTDIR") ? undefined : thrown;
  }
}
