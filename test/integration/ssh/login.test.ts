import { execFileSync } from "node:child_process";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Secret } from "../../../src/engine/secret.ts";
import { type ConnectorOptions, createConnector } from "../../../src/ssh/connector.ts";
import { sh } from "../../../src/ssh/shell.ts";
import type { SshTarget } from "../../../src/ssh/target.ts";
import { makeKey, type SshServer, startSshServer } from "./ssh-server.ts";
import { createTestUser, type TestUser } from "./test-user.ts";

const signal = AbortSignal.timeout(110_000);
let server: SshServer;
let user: TestUser;

beforeAll(async () => {
  server = await startSshServer({ config: ["MaxAuthTries 3"] });
  user = createTestUser();
});
afterAll(async () => {
  await server?.stop();
  user?.remove();
});

/** Logs in and says who it is, or throws. */
async function whoami(target: Partial<SshTarget>, options: Partial<ConnectorOptions> = {}): Promise<string> {
  const connector = createConnector({ knownHostsFile: join(server.directory, "known_hosts"), ...options });
  const address = { address: "127.0.0.1", port: server.port, user: user.name, hostKeys: "accept-new" } as const;
  try {
    const transport = await connector.connect({ ...address, ...target }, { signal });
    const { stdout } = await transport.execute(sh`id -un`, { signal }).finally(() => transport.close());
    return stdout.trim();
  } finally {
    await connector.close();
  }
}

/** A new key that may log in. */
function allowedKey(name: string, passphrase = ""): string {
  const path = join(server.directory, name);
  makeKey(path, { passphrase });
  appendFileSync(join(server.directory, "authorized_keys"), readFileSync(`${path}.pub`));
  return path;
}

describe("passwords", () => {
  it("log in", async () => {
    expect(await whoami({ password: new Secret(user.password) })).toBe(user.name);
  });

  it("log in where the server asks for them itself", async () => {
    const asking = await startSshServer({
      config: [
        "UsePAM yes",
        "PasswordAuthentication no",
        "PubkeyAuthentication no",
        "KbdInteractiveAuthentication yes",
      ],
    });
    const login = whoami({ password: new Secret(user.password), port: asking.port });
    expect(await login.finally(() => asking.stop())).toBe(user.name);
  });

  it("that are wrong are refused with what was tried and what the server accepts", async () => {
    const error = await whoami({ password: new Secret("wrong-password") }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "authentication-failed" });
    expect(String(error)).toMatch(/Tried: password/);
    expect(String(error)).toMatch(/accepts: publickey, ?password/);
    expect(String(error)).not.toContain("wrong-password");
  });
});

describe("key files", () => {
  it("log in, whatever their kind", async () => {
    for (const type of ["ed25519", "ecdsa", "rsa"] as const) {
      const path = join(server.directory, `client_${type}`);
      makeKey(path, { type });
      appendFileSync(join(server.directory, "authorized_keys"), readFileSync(`${path}.pub`));
      expect(await whoami({ keyFile: path })).toBe(user.name);
    }
  });

  it("that are encrypted log in with their passphrase", async () => {
    const keyFile = allowedKey("encrypted", "open sesame");
    expect(await whoami({ keyFile, passphrase: new Secret("open sesame") })).toBe(user.name);
    const wrong = await whoami({ keyFile, passphrase: new Secret("open barley") }).catch((thrown: unknown) => thrown);
    expect(wrong).toMatchObject({
      code: "authentication-failed",
      message: expect.stringContaining(`key ${keyFile}: the passphrase is wrong`),
    });
    const without = await whoami({ keyFile }).catch((thrown: unknown) => thrown);
    expect(without).toMatchObject({ code: "authentication-failed", message: expect.stringContaining("encrypted") });
    expect(without).toMatchObject({ details: { nextSteps: [expect.stringContaining("ssh-add"), expect.anything()] } });
  });

  it("that do not exist or are not allowed are named", async () => {
    const absent = join(server.directory, "absent");
    await expect(whoami({ keyFile: absent })).rejects.toMatchObject({
      code: "authentication-failed",
      message: expect.stringContaining(`${absent}: there is no such file`),
    });
    const stranger = join(server.directory, "stranger");
    makeKey(stranger);
    await expect(whoami({ keyFile: stranger })).rejects.toMatchObject({
      code: "authentication-failed",
      message: expect.stringContaining(`Tried: key ${stranger}`),
    });
  });
});

describe("an agent", () => {
  const before = process.env.SSH_AUTH_SOCK;
  let agentPid = "";
  const startAgent = (): void => {
    const output = execFileSync("ssh-agent", ["-s"], { encoding: "utf8" });
    process.env.SSH_AUTH_SOCK = /SSH_AUTH_SOCK=([^;]+)/.exec(output)?.[1];
    agentPid = /SSH_AGENT_PID=(\d+)/.exec(output)?.[1] ?? "";
  };
  afterEach(() => {
    if (agentPid !== "") process.kill(Number(agentPid));
    agentPid = "";
    if (before === undefined) delete process.env.SSH_AUTH_SOCK;
    else process.env.SSH_AUTH_SOCK = before;
  });
  const add = (path: string): unknown => execFileSync("ssh-add", ["-q", path], { stdio: "ignore" });
  const configFile = "/dev/null";

  it("logs in with the key it holds", async () => {
    startAgent();
    add(allowedKey("in_agent"));
    expect(await whoami({}, { configFile })).toBe(user.name);
  });

  it("with many keys offers only the one the preset names, even when the file is encrypted", async () => {
    startAgent();
    for (let index = 0; index < 6; index++) {
      const path = join(server.directory, `noise_${index}`);
      makeKey(path);
      add(path);
    }
    const right = allowedKey("right_one");
    add(right);
    execFileSync("ssh-keygen", ["-q", "-p", "-P", "", "-N", "later encrypted", "-f", right]);
    expect(await whoami({ keyFile: right }, { configFile })).toBe(user.name);
    await expect(whoami({}, { configFile })).rejects.toMatchObject({
      code: "authentication-failed",
      message: expect.stringContaining("agent key noise_0"),
      details: {
        likelyCause: expect.stringContaining("more keys than the server lets one try"),
        nextSteps: [expect.stringContaining("keyFile")],
      },
    });
  });
});

describe("~/.ssh/config", () => {
  it("gives host name, port, user and key; the preset wins over it", async () => {
    const configFile = join(server.directory, "config");
    const lines = ["Host node*", "  HostName 127.0.0.1", `  Port ${server.port}`, `  User ${user.name}`];
    writeFileSync(configFile, `${[...lines, `  IdentityFile ${server.clientKey}`].join("\n")}\n`);
    const connector = createConnector({ knownHostsFile: join(server.directory, "known_hosts"), configFile });
    const transport = await connector.connect({ address: "node-7", hostKeys: "accept-new" }, { signal });
    expect((await transport.execute(sh`id -un`, { signal })).stdout.trim()).toBe(user.name);
    await transport.close();
    const asRoot = await connector.connect({ address: "node-7", user: "root", hostKeys: "accept-new" }, { signal });
    expect((await asRoot.execute(sh`id -un`, { signal })).stdout.trim()).toBe("root");
    await asRoot.close();
  });

  it("that ssh itself cannot read is an error", async () => {
    const configFile = join(server.directory, "bad_config");
    writeFileSync(configFile, "Hots x\n");
    await expect(whoami({}, { configFile })).rejects.toMatchObject({
      code: "ssh-config-invalid",
      details: { output: expect.stringContaining("hots") },
    });
  });
});
