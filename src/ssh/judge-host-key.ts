import { createHash } from "node:crypto";
import { type KnownHost, namesMatch, typeInside } from "./known-hosts.ts";

/** What the known_hosts files say about a key a server showed. */
export type Judgement =
  | { readonly kind: "known"; readonly entry: KnownHost }
  | { readonly kind: "revoked"; readonly entry: KnownHost }
  | { readonly kind: "changed"; readonly entry: KnownHost }
  /** Nothing is known, or only keys of other types. */
  | { readonly kind: "unknown"; readonly otherTypes: readonly KnownHost[]; readonly authorities: readonly KnownHost[] };

/**
 * Judges a key as OpenSSH does: a revoked key is refused wherever it stands; one matching line is enough; another key
 * of the same type means it has changed. A host on another port is also known by its plain name.
 */
export function judgeHostKey(entries: readonly KnownHost[], name: string, key: Buffer): Judgement {
  const revoked = entries.find((entry) => entry.marker === "revoked" && entry.key.equals(key) && isFor(entry, name));
  if (revoked !== undefined) return { kind: "revoked", entry: revoked };
  const named = entries.filter((entry) => isFor(entry, name));
  const keys = named.filter((entry) => entry.marker === undefined);
  const known = keys.find((entry) => entry.key.equals(key));
  if (known !== undefined) return { kind: "known", entry: known };
  const changed = keys.find((entry) => entry.keyType === typeInside(key));
  if (changed !== undefined) return { kind: "changed", entry: changed };
  const byPlainName = entries.find(
    (entry) => entry.marker === undefined && entry.key.equals(key) && namesMatch(entry.names, plainName(name)),
  );
  if (byPlainName !== undefined) return { kind: "known", entry: byPlainName };
  const authorities = named.filter((entry) => entry.marker === "cert-authority");
  return { kind: "unknown", otherTypes: keys, authorities };
}

/** The types of keys known for a host, to ask the server for one of them first. */
export function knownKeyTypes(entries: readonly KnownHost[], name: string): string[] {
  const usable = entries.filter((entry) => entry.marker === undefined);
  const exact = usable.filter((entry) => namesMatch(entry.names, name));
  const chosen = exact.length > 0 ? exact : usable.filter((entry) => namesMatch(entry.names, plainName(name)));
  return [...new Set(chosen.map((entry) => entry.keyType))];
}

/** The fingerprint as OpenSSH shows it: `SHA256:` and unpadded base64. */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

function isFor(entry: KnownHost, name: string): boolean {
  return namesMatch(entry.names, name);
}

function plainName(name: string): string {
  return /^\[(.+)\]:\d+$/.exec(name)?.[1] ?? name;
}
