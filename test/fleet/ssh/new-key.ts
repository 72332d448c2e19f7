import { generateKeyPairSync } from "node:crypto";
import ssh2, { type ParsedKey } from "ssh2";

/** A key pair, made by Node.js, because some of those ssh2 makes itself it cannot read back. */
export function newKey(): { readonly pem: string; readonly key: ParsedKey } {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pem = privateKey.export({ type: "sec1", format: "pem" }).toString();
  const key = ssh2.utils.parseKey(pem);
  if (key instanceof Error) throw key;
  return { pem, key };
}
