import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { fingerprint, judgeHostKey, knownKeyTypes } from "../../../src/ssh/judge-host-key.ts";
import { namesMatch, parseKnownHosts } from "../../../src/ssh/known-hosts.ts";
import { addKnownHost, readKnownHosts } from "../../../src/ssh/known-hosts-file.ts";

// Real programs are started here, which takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let directory: string;
const keys: Record<string, string> = {};

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "known-hosts-"));
  for (const [name, type] of [
    ["one", "ed25519"],
    ["two", "ed25519"],
    ["rsa", "rsa"],
  ] as const) {
    execFileSync("ssh-keygen", ["-q", "-t", type, "-N", "", "-f", join(directory, name)]);
    keys[name] = readFileSync(join(directory, `${name}.pub`), "utf8")
      .split(" ")
      .slice(0, 2)
      .join(" ");
  }
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const bytes = (name: string): Buffer => Buffer.from(keys[name]?.split(" ")[1] ?? "", "base64");
const judge = (text: string, host: string, key: string) =>
  judgeHostKey(parseKnownHosts(text, "file"), host, bytes(key));

describe("namesMatch", () => {
  const patterns = [
    "example.com",
    "*.example.com,!bad.example.com",
    "10.0.0.?",
    "[example.com]:2222",
    "[*.example.com]:*",
    "one,two,[three]:23",
    "UPPER.example.com",
    "!example.com,*",
    "ex[a]mple.com",
    "2001:db8::1",
  ];
  const names = [
    "example.com",
    "www.example.com",
    "bad.example.com",
    "10.0.0.5",
    "10.0.0.55",
    "[example.com]:2222",
    "[www.example.com]:22022",
    "two",
    "[three]:23",
    "three",
    "upper.example.com",
    "2001:db8::1",
  ];

  it("agrees with `ssh-keygen -F` on every form of name", () => {
    for (const pattern of patterns) {
      const file = join(directory, "patterns");
      writeFileSync(file, `${pattern} ${keys.one}\n`);
      for (const name of names) {
        const found = spawnSync("ssh-keygen", ["-F", name, "-f", file]).status === 0;
        expect({ pattern, name, match: namesMatch(pattern, name) }).toEqual({ pattern, name, match: found });
      }
    }
  });

  it("finds names `ssh-keygen -H` has hashed", () => {
    const file = join(directory, "to-hash");
    writeFileSync(file, `example.com,10.0.0.1 ${keys.one}\n[example.com]:2222 ${keys.two}\n`);
    execFileSync("ssh-keygen", ["-q", "-H", "-f", file], { stdio: "ignore" });
    const entries = parseKnownHosts(readFileSync(file, "utf8"), file);
    expect(entries.map(({ names }) => names.slice(0, 3))).toEqual(["|1|", "|1|", "|1|"]);
    const found = (name: string) => entries.filter((entry) => namesMatch(entry.names, name)).length;
    expect(["example.com", "10.0.0.1", "[example.com]:2222", "other", "[10.0.0.1]:2222"].map(found)).toEqual([
      1, 1, 1, 0, 0,
    ]);
  });
});

describe("parseKnownHosts", () => {
  it("passes over what is no key and knows the line of each", () => {
    const text = `# comment\n\nexample.com ${keys.one} a comment\ngarbage\nhost ssh-rsa AAAA\n\t other ${keys.rsa}\r\n@unknown x ${keys.one}\n`;
    expect(parseKnownHosts(text, "file").map(({ line, names }) => [line, names])).toEqual([
      [3, "example.com"],
      [6, "other"],
    ]);
  });
});

describe("judgeHostKey", () => {
  it("knows a key on any matching line, also after one with another key", () => {
    expect(judge(`host ${keys.two}\nhost ${keys.one}\n`, "host", "one").kind).toBe("known");
  });

  it("tells a changed key from one of another type", () => {
    expect(judge(`host ${keys.two}\n`, "host", "one")).toMatchObject({ kind: "changed", entry: { line: 1 } });
    expect(judge(`host ${keys.rsa}\n`, "host", "one")).toMatchObject({ kind: "unknown", otherTypes: [{ line: 1 }] });
  });

  it("puts revocation above everything", () => {
    expect(judge(`host ${keys.one}\n@revoked * ${keys.one}\n`, "host", "one").kind).toBe("revoked");
    expect(judge(`host ${keys.one}\n@revoked other ${keys.one}\n`, "host", "one").kind).toBe("known");
    expect(judge(`host ${keys.one}\n@revoked * ${keys.two}\n`, "host", "one").kind).toBe("known");
  });

  it("does not take a certificate authority's key for a host's", () => {
    const judgement = judge(`@cert-authority host ${keys.one}\n`, "host", "one");
    expect(judgement).toMatchObject({ kind: "unknown", authorities: [{ line: 1 }] });
  });

  it("knows a host on another port by its plain name, but does not call that a change", () => {
    expect(judge(`host ${keys.one}\n`, "[host]:2222", "one").kind).toBe("known");
    expect(judge(`host ${keys.two}\n`, "[host]:2222", "one").kind).toBe("unknown");
    expect(judge(`[host]:2222 ${keys.one}\n`, "host", "one").kind).toBe("unknown");
  });
});

describe("fingerprint and types", () => {
  it("are those of ssh-keygen", () => {
    const said = execFileSync("ssh-keygen", ["-lf", join(directory, "one")], { encoding: "utf8" });
    expect(fingerprint(bytes("one"))).toBe(said.split(" ")[1]);
    const entries = parseKnownHosts(`host ${keys.rsa}\nhost ${keys.one}\n@revoked host ${keys.two}\n`, "file");
    expect(knownKeyTypes(entries, "host")).toEqual(["ssh-rsa", "ssh-ed25519"]);
  });
});

describe("addKnownHost", () => {
  it("adds lines ssh itself finds, to a file only the user can read", async () => {
    const file = join(directory, "new/known_hosts");
    await Promise.all([addKnownHost(file, "[10.0.0.1]:2222", bytes("one")), addKnownHost(file, "host", bytes("rsa"))]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(execFileSync("ssh-keygen", ["-F", "[10.0.0.1]:2222", "-f", file], { encoding: "utf8" })).toContain(keys.one);
    expect(await readKnownHosts([file, join(directory, "absent")])).toHaveLength(2);
  });

  it("begins a new line when the last one has no end", async () => {
    const file = join(directory, "unfinished");
    writeFileSync(file, `a ${keys.one}`);
    await addKnownHost(file, "b", bytes("two"));
    expect((await readKnownHosts([file])).map(({ names }) => names)).toEqual(["a", "b"]);
  });
});
