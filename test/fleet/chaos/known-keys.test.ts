import { generateKeyPairSync, sign, verify } from "node:crypto";
import { expect, test } from "vitest";
import { withKnownKeys } from "./known-keys.ts";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const pem = {
  private: privateKey.export({ type: "sec1", format: "pem" }).toString(),
  public: publicKey.export({ type: "spki", format: "pem" }).toString(),
};
const data = Buffer.from("who is there");
const replaced = { sign, verify };
const quick = Object.assign(replaced, withKnownKeys(replaced));

test("signatures made and checked with keys that were read before are those of the originals", () => {
  for (let round = 0; round < 2; round++) {
    expect(verify("sha256", data, pem.public, quick.sign("sha256", data, pem.private))).toBe(true);
    expect(quick.verify("sha256", data, pem.public, sign("sha256", data, pem.private))).toBe(true);
    expect(quick.verify("sha256", Buffer.from("another"), pem.public, sign("sha256", data, pem.private))).toBe(false);
  }
});

test("what is no key is refused, and keys in another form are used as they are", () => {
  expect(() => quick.sign("sha256", data, "no key")).toThrow();
  expect(quick.verify("sha256", data, publicKey, quick.sign("sha256", data, privateKey))).toBe(true);
});
