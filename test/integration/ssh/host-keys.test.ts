import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InstallerError } from "../../../src/engine/errors.ts";
import { type ConnectorOptions, createConnector } from "../../../src/ssh/connector.ts";
import type { HostKeyQuestion } from "../../../src/ssh/host-key-question.ts";
import type { SshTarget } from "../../../src/ssh/target.ts";
import { type KeyType, makeKey, type SshServer, startSshServer } from "./ssh-server.ts";

const signal = AbortSignal.timeout(110_000);
let server: SshServer;
let count = 0;

beforeAll(async () => {
  server = await startSshServer({ hostKeyTypes: ["ed25519", "rsa", "ecdsa"] });
});
afterAll(async () => {
  await server?.stop();
});

/** Connects once with a known_hosts file of its own and closes again; gives the error there was. */
async function attempt(
  target: Partial<SshTarget>,
  { known = "", ...options }: Partial<ConnectorOptions> & { known?: string } = {},
) {
  const knownHostsFile = join(server.directory, `known_hosts_${count++}`);
  if (known !== "") writeFileSync(knownHostsFile, known);
  const connector = createConnector({ knownHostsFile, ...options });
  const address = { address: "127.0.0.1", port: server.port, user: "root", keyFile: server.clientKey };
  const error = await connector.connect({ ...address, ...target }, { signal }).then(
    (transport) => transport.close().then(() => undefined),
    (thrown: unknown) => thrown,
  );
  await connector.close();
  return { error, knownHostsFile };
}

const publicKey = (path: string): string => readFileSync(`${path}.pub`, "utf8").split(" ").slice(0, 2).join(" ");
const printOf = (path: string): string =>
  execFileSync("ssh-keygen", ["-lf", path], { encoding: "utf8" }).split(" ")[1] ?? "";
const lineFor = (type: KeyType): string => `[127.0.0.1]:${server.port} ${publicKey(server.hostKey(type))}\n`;

describe("an unknown host key", () => {
  it("is refused when the policy is ask and nobody is there", async () => {
    const { error } = await attempt({ hostKeys: "ask" });
    expect(error).toMatchObject({ code: "input-needed" });
    expect(String(error)).toContain(printOf(server.hostKey("ed25519")));
  });

  it("needs a person when no policy is named, as with ask", async () => {
    const { error, knownHostsFile } = await attempt({});
    expect(error).toMatchObject({ code: "input-needed", exitCode: 5 });
    expect(existsSync(knownHostsFile)).toBe(false);
    expect((await attempt({}, { confirmHostKey: async () => true })).error).toBeUndefined();
  });

  it("is stored once a person has confirmed it, and then not asked about again", async () => {
    const questions: HostKeyQuestion[] = [];
    const confirmHostKey = async (question: HostKeyQuestion): Promise<boolean> => {
      questions.push(question);
      return true;
    };
    const { error, knownHostsFile } = await attempt({ hostKeys: "ask" }, { confirmHostKey });
    expect(error).toBeUndefined();
    expect(questions).toEqual([
      {
        host: `[127.0.0.1]:${server.port}`,
        keyType: "ssh-ed25519",
        fingerprint: printOf(server.hostKey("ed25519")),
        otherKnownKeys: [],
      },
    ]);
    expect(readFileSync(knownHostsFile, "utf8")).toBe(lineFor("ed25519"));
    expect(statSync(knownHostsFile).mode & 0o777).toBe(0o600);
    expect(
      (await attempt({ hostKeys: "strict" }, { known: readFileSync(knownHostsFile, "utf8") })).error,
    ).toBeUndefined();
  });

  it("is refused when the person declines", async () => {
    const { error } = await attempt({ hostKeys: "ask" }, { confirmHostKey: async () => false });
    expect(error).toMatchObject({ code: "host-key-refused" });
  });

  it("is stored without a question under accept-new, and refused under strict", async () => {
    const { error, knownHostsFile } = await attempt({ hostKeys: "accept-new" });
    expect(error).toBeUndefined();
    expect(readFileSync(knownHostsFile, "utf8")).toBe(lineFor("ed25519"));
    expect((await attempt({ hostKeys: "strict" })).error).toMatchObject({ code: "host-key-refused" });
  });

  it("is accepted when pinned, and only then", async () => {
    const pinned = { hostKeyFingerprints: [printOf(server.hostKey("ed25519"))] };
    expect((await attempt({ hostKeys: "strict", ...pinned })).error).toBeUndefined();
    const { error } = await attempt({ hostKeys: "accept-new", hostKeyFingerprints: [`SHA256:${"A".repeat(43)}`] });
    expect(error).toMatchObject({ code: "host-key-refused" });
    expect(String(error)).toContain(printOf(server.hostKey("ed25519")));
  });
});

describe("a known host", () => {
  it("with a changed key is refused under every policy, naming both keys and the line", async () => {
    const other = join(server.directory, "other_host_key");
    makeKey(other);
    const known = `# a comment\n[127.0.0.1]:${server.port} ${publicKey(other)}\n`;
    for (const hostKeys of ["ask", "accept-new", "strict"] as const) {
      const { error, knownHostsFile } = await attempt({ hostKeys }, { known, confirmHostKey: async () => true });
      expect(error).toMatchObject({ code: "host-key-refused" });
      const { message } = error instanceof InstallerError ? error : { message: "" };
      expect(message).toContain(printOf(other));
      expect(message).toContain(printOf(server.hostKey("ed25519")));
      expect(message).toContain(`${knownHostsFile}:2`);
      expect(readFileSync(knownHostsFile, "utf8")).toBe(known);
    }
  });

  it("with a revoked key is refused although another line knows it", async () => {
    const known = `${lineFor("ed25519")}@revoked * ${publicKey(server.hostKey("ed25519"))}\n`;
    const { error } = await attempt({ hostKeys: "accept-new" }, { known });
    expect(error).toMatchObject({ code: "host-key-refused", message: expect.stringContaining("revoked") });
  });

  it("is asked for the type of key that is known, so that another type is no obstacle", async () => {
    for (const type of ["rsa", "ecdsa"] as const) {
      expect((await attempt({ hostKeys: "strict" }, { known: lineFor(type) })).error).toBeUndefined();
    }
  });

  it("is found in files ssh-keygen has hashed", async () => {
    const file = join(server.directory, "hashed");
    writeFileSync(file, lineFor("ed25519"));
    execFileSync("ssh-keygen", ["-q", "-H", "-f", file], { stdio: "ignore" });
    const known = readFileSync(file, "utf8");
    expect(known).toMatch(/^\|1\|/);
    expect((await attempt({ hostKeys: "strict" }, { known })).error).toBeUndefined();
  });

  it("is found in what ssh-keyscan prints", async () => {
    const known = execFileSync("ssh-keyscan", ["-p", String(server.port), "127.0.0.1"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    expect((await attempt({ hostKeys: "strict" }, { known })).error).toBeUndefined();
  });

  it("is found in the files ~/.ssh/config names", async () => {
    const file = join(server.directory, "users_known_hosts");
    writeFileSync(file, `theother ${publicKey(server.hostKey("ed25519"))}\n`);
    const configFile = join(server.directory, "config");
    writeFileSync(
      configFile,
      `Host 127.0.0.1\n  UserKnownHostsFile ${file}\n  HostKeyAlias theother\n  StrictHostKeyChecking yes\n`,
    );
    expect((await attempt({}, { configFile })).error).toBeUndefined();
    writeFileSync(configFile, "Host 127.0.0.1\n  UserKnownHostsFile /dev/null\n  StrictHostKeyChecking yes\n");
    expect((await attempt({}, { configFile })).error).toMatchObject({ code: "host-key-refused" });
    writeFileSync(configFile, "Host 127.0.0.1\n  UserKnownHostsFile /dev/null\n  StrictHostKeyChecking no\n");
    const { error, knownHostsFile } = await attempt({}, { configFile });
    expect(error).toBeUndefined();
    expect(readFileSync(knownHostsFile, "utf8")).toBe(lineFor("ed25519"));
  });
});
