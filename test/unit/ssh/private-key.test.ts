import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Secret } from "../../../src/engine/secret.ts";
import { loadPrivateKey, publicPart } from "../../../src/ssh/private-key.ts";

// Real programs are started here, which takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let directory: string;
const inside = (name: string): string => join(directory, name);
const make = (name: string, ...options: string[]): unknown =>
  execFileSync("ssh-keygen", ["-q", "-f", inside(name), ...options]);

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "keys-"));
  make("plain", "-t", "ed25519", "-N", "");
  make("encrypted", "-t", "ed25519", "-N", "open sesame");
  make("pem", "-t", "rsa", "-m", "PEM", "-N", "open sesame");
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const right = new Secret("open sesame");

describe("loadPrivateKey", () => {
  it("loads plain and encrypted keys, new and old format", async () => {
    expect(await loadPrivateKey(inside("plain"), undefined)).toMatchObject({ key: { type: "ssh-ed25519" } });
    expect(await loadPrivateKey(inside("encrypted"), right)).toMatchObject({ key: { type: "ssh-ed25519" } });
    expect(await loadPrivateKey(inside("pem"), right)).toMatchObject({ key: { type: "ssh-rsa" } });
  });

  it("decrypts a key once, however many connections need it", async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(() => loadPrivateKey(inside("encrypted"), new Secret("open sesame"))),
    );
    expect(first).toBe(second);
  });

  it("says why a key cannot be used, and looks again the next time", async () => {
    expect(await loadPrivateKey(inside("absent"), undefined)).toEqual({ problem: "absent" });
    expect(await loadPrivateKey(inside("encrypted"), undefined)).toEqual({ problem: "encrypted" });
    expect(await loadPrivateKey(inside("pem"), undefined)).toEqual({ problem: "encrypted" });
    for (const name of ["encrypted", "pem"]) {
      expect(await loadPrivateKey(inside(name), new Secret("close, sesame"))).toEqual({
        problem: "the passphrase is wrong",
      });
    }
    expect(await loadPrivateKey(inside("plain.pub"), undefined)).toEqual({ problem: "holds no private key" });
    writeFileSync(inside("garbage"), "no key");
    expect(await loadPrivateKey(inside("garbage"), undefined)).toMatchObject({
      problem: expect.stringContaining("cannot be used"),
    });
    writeFileSync(inside("garbage"), readFileSync(inside("plain")));
    expect(await loadPrivateKey(inside("garbage"), undefined)).toMatchObject({ key: { type: "ssh-ed25519" } });
  });
});

describe("publicPart", () => {
  it("is read from the file beside the key, or out of an encrypted key", async () => {
    const expected = Buffer.from(readFileSync(inside("encrypted.pub"), "utf8").split(" ")[1] ?? "", "base64");
    expect(await publicPart(inside("encrypted"))).toEqual(expected);
    rmSync(inside("encrypted.pub"));
    expect(await publicPart(inside("encrypted"))).toEqual(expected);
    expect(await publicPart(inside("absent"))).toBeUndefined();
  });
});
