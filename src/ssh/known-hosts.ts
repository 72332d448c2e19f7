import { createHmac } from "node:crypto";

/** One line of a known_hosts file that holds a key. */
export interface KnownHost {
  readonly file: string;
  readonly line: number;
  readonly marker?: "revoked" | "cert-authority";
  /** The first field: names, patterns or one hashed name. */
  readonly names: string;
  readonly keyType: string;
  /** The public key in wire format. */
  readonly key: Buffer;
}

/**
 * Reads the text of a known_hosts file; comments, empty lines and lines that are no key are passed over, as ssh does.
 * @see https://man.openbsd.org/sshd.8#SSH_KNOWN_HOSTS_FILE_FORMAT
 */
export function parseKnownHosts(text: string, file: string): KnownHost[] {
  return text.split("\n").flatMap((raw, index) => {
    const fields = raw.trim().split(/[ \t]+/);
    const marker = fields[0]?.startsWith("@") ? fields.shift() : undefined;
    const [names, keyType, encoded] = fields;
    if (names === undefined || names === "" || names.startsWith("#")) return [];
    if (keyType === undefined || encoded === undefined) return [];
    if (marker !== undefined && marker !== "@revoked" && marker !== "@cert-authority") return [];
    const key = Buffer.from(encoded, "base64");
    if (typeInside(key) !== keyType) return [];
    const kind = marker === "@revoked" ? "revoked" : "cert-authority";
    return [{ file, line: index + 1, names, keyType, key, ...(marker === undefined ? {} : { marker: kind }) }];
  });
}

/** The type a public key in wire format says it has, e.g. `ssh-ed25519`. */
export function typeInside(key: Buffer): string {
  if (key.length < 4) return "";
  return key.toString("latin1", 4, 4 + key.readUInt32BE(0));
}

/** Whether the names field of an entry means the host; `name` is `host` or `[host]:port`, in lower case. */
export function namesMatch(names: string, name: string): boolean {
  if (names.startsWith("|")) return hashMatches(names, name);
  let matched = false;
  for (const pattern of names.toLowerCase().split(",")) {
    if (pattern.startsWith("!")) {
      if (globMatches(pattern.slice(1), name)) return false;
    } else if (globMatches(pattern, name)) matched = true;
  }
  return matched;
}

/** `|1|salt|hash`: the name's HMAC-SHA1 with the salt as key, both in base64. */
function hashMatches(names: string, name: string): boolean {
  const [, version, salt, hash] = names.split("|");
  if (version !== "1" || salt === undefined || hash === undefined) return false;
  return createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest("base64") === hash;
}

function globMatches(pattern: string, name: string): boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\*?]/g, (character) => {
    if (character === "*") return ".*";
    return character === "?" ? "." : `\\${character}`;
  });
  return new RegExp(`^${source}$`, "s").test(name);
}
