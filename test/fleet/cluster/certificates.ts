import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** A certificate with its key, both as PEM. */
export interface Certificate {
  readonly pem: string;
  readonly key: string;
}

const oid = { commonName: [0x55, 0x04, 0x03], ed25519: [0x2b, 0x65, 0x70] };

/** The authority of a cluster, which signs certificates of its own making (X.509 version 1, Ed25519). */
export function createAuthority(name: string): {
  readonly certificate: Certificate;
  issue(commonName: string): Certificate;
} {
  const { privateKey, exported } = newKey();
  const shared = newKey().exported;
  const issue = (subject: string, key: ExportedKey): Certificate => ({
    pem: certificate(subject, name, key.public, privateKey),
    key: key.private,
  });
  return { certificate: issue(name, exported), issue: (commonName) => issue(commonName, shared) };
}

/** Both halves of a key as certificates and files hold them. */
interface ExportedKey {
  readonly private: string;
  readonly public: Buffer;
}

function newKey(): { readonly privateKey: KeyObject; readonly exported: ExportedKey } {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return {
    privateKey,
    exported: {
      private: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      public: publicKey.export({ type: "spki", format: "der" }),
    },
  };
}

/** @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
function certificate(subject: string, issuer: string, publicKey: Buffer, signer: KeyObject): string {
  const algorithm = sequence([tag(0x06, Buffer.from(oid.ed25519))]);
  const year = (offset: number) => `${String(new Date().getUTCFullYear() + offset - 2000).padStart(2, "0")}0101000000Z`;
  const body = sequence([
    tag(0x02, Buffer.from([1])),
    algorithm,
    commonName(issuer),
    sequence([tag(0x17, Buffer.from(year(0))), tag(0x17, Buffer.from(year(9)))]),
    commonName(subject),
    publicKey,
  ]);
  const signature = tag(0x03, Buffer.concat([Buffer.from([0]), sign(null, body, signer)]));
  const text = sequence([body, algorithm, signature]).toString("base64");
  return `-----BEGIN CERTIFICATE-----\n${text.replace(/.{64}/g, "$&\n").trimEnd()}\n-----END CERTIFICATE-----\n`;
}

function commonName(name: string): Buffer {
  return sequence([tag(0x31, sequence([tag(0x06, Buffer.from(oid.commonName)), tag(0x0c, Buffer.from(name))]))]);
}

const sequence = (parts: readonly Buffer[]): Buffer => tag(0x30, Buffer.concat(parts));

function tag(kind: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([kind, ...size]), content]);
}
