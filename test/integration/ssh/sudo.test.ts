import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Secret } from "../../../src/engine/secret.ts";
import { type Connector, createConnector } from "../../../src/ssh/connector.ts";
import type { Host } from "../../../src/ssh/host.ts";
import { sh } from "../../../src/ssh/shell.ts";
import { type SshServer, startSshServer } from "./ssh-server.ts";
import { createTestUser, type TestUser } from "./test-user.ts";

const signal = AbortSignal.timeout(110_000);
let server: SshServer;
let user: TestUser;
let connector: Connector;
let rootOnly: string;

beforeAll(async () => {
  server = await startSshServer();
  user = createTestUser();
  connector = createConnector({ knownHostsFile: join(server.directory, "known_hosts") });
  rootOnly = mkdtempSync(join(tmpdir(), "root-only-"));
});
afterAll(async () => {
  await connector?.close();
  await server?.stop();
  user?.remove();
  rmSync(rootOnly, { recursive: true, force: true });
});

function connect(sudoPassword?: string): Promise<Host> {
  return connector.connectHost(
    "node-1",
    {
      address: "127.0.0.1",
      port: server.port,
      user: user.name,
      keyFile: server.clientKey,
      hostKeys: "accept-new",
      ...(sudoPassword === undefined ? {} : { sudoPassword: new Secret(sudoPassword) }),
    },
    { signal },
  );
}

async function withHost(sudoPassword: string | undefined, use: (host: Host) => Promise<void>): Promise<void> {
  const host = await connect(sudoPassword);
  await use(host).finally(() => host.close());
}

/** What a step does to a node: look, run, feed, write, read, upload, download. */
async function worksAsRoot(host: Host): Promise<void> {
  expect((await host.read(sh`id -u`, { signal })).stdout).toBe("0\n");
  expect((await host.run(sh`cat; id -un`, { signal, stdin: "fed\n" })).stdout).toBe("fed\nroot\n");
  const path = join(rootOnly, "written");
  await host.writeFile(path, "content", { signal, mode: 0o600 });
  expect(statSync(path)).toMatchObject({ uid: 0 });
  expect(await host.readFile(path, { signal })).toBe("content");
  const source = join(server.directory, "source");
  writeFileSync(source, Buffer.alloc(3_000_000, "abc"));
  await host.upload(source, join(rootOnly, "uploaded"), { signal });
  expect(readFileSync(join(rootOnly, "uploaded")).equals(readFileSync(source))).toBe(true);
  await host.download(join(rootOnly, "uploaded"), join(server.directory, "back"), { signal });
  expect(readFileSync(join(server.directory, "back")).equals(readFileSync(source))).toBe(true);
}

describe("a login user with sudo", () => {
  it("becomes root without a password where none is asked for", async () => {
    user.allow("USER ALL=(ALL) NOPASSWD: ALL");
    await withHost(undefined, worksAsRoot);
  });

  it("becomes root with a password, which no process shows", async () => {
    user.allow("USER ALL=(ALL) ALL");
    await withHost(user.password, async (host) => {
      await worksAsRoot(host);
      const { stdout } = await host.read(
        sh`cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n'`,
        {
          signal,
          allow: [1],
        },
      );
      expect(stdout).toContain("sudo");
      expect(stdout).not.toContain(user.password);
    });
  });

  it("does not hand the password to the command when sudo does not ask for it", async () => {
    user.allow("USER ALL=(ALL) NOPASSWD: ALL");
    await withHost(user.password, async (host) => {
      expect((await host.run(sh`cat`, { signal, stdin: "only this" })).stdout).toBe("only this");
      await worksAsRoot(host);
    });
  });

  it("is not disturbed by start-up files that print something", async () => {
    user.allow("USER ALL=(ALL) NOPASSWD: ALL");
    writeFileSync(`/home/${user.name}/.bashrc`, "echo Welcome; echo Warning >&2\n");
    await withHost(undefined, async (host) => {
      await worksAsRoot(host);
      const { stdout, stderr } = await host.transport.execute(sh`echo direct`, { signal });
      expect({ stdout, stderr }).toEqual({ stdout: "direct\n", stderr: "" });
    });
  });

  it("is told when its shell lets nobody in", async () => {
    user.allow("USER ALL=(ALL) NOPASSWD: ALL");
    execFileSync("usermod", ["--shell", "/usr/sbin/nologin", user.name]);
    await expect(connect()).rejects.toMatchObject({
      code: "sudo-refused",
      details: { likelyCause: expect.stringContaining("login shell") },
    });
    execFileSync("usermod", ["--shell", "/bin/bash", user.name]);
  });

  it("may have a shell that is no POSIX shell", async () => {
    user.allow("USER ALL=(ALL) NOPASSWD: ALL");
    execFileSync("usermod", ["--shell", "/bin/tcsh", user.name]);
    await withHost(undefined, async (host) => {
      await worksAsRoot(host);
      const awkward = 'it\'s "quoted" $HOME \\ !! `date`\nand a second line';
      const { stdout } = await host.transport.execute(sh`printf '%s' ${awkward}`, { signal });
      expect(stdout).toBe(awkward);
    });
    execFileSync("usermod", ["--shell", "/bin/bash", user.name]);
  });

  it("is told when the password is wrong", async () => {
    user.allow("USER ALL=(ALL) ALL");
    await expect(connect("not the password")).rejects.toMatchObject({
      code: "sudo-refused",
      details: { node: "node-1" },
      message: expect.stringContaining("does not accept"),
    });
  });

  it("is told when a password is needed and there is none", async () => {
    user.allow("USER ALL=(ALL) ALL");
    await expect(connect()).rejects.toMatchObject({
      code: "sudo-refused",
      details: { likelyCause: expect.stringContaining("asks for a password") },
    });
  });

  it("is told when it may not use sudo at all", async () => {
    user.allow();
    await expect(connect(user.password)).rejects.toMatchObject({
      code: "sudo-refused",
      details: { likelyCause: expect.stringContaining("may not run every command") },
    });
  });

  it("is told when sudo wants a terminal", async () => {
    user.allow("Defaults:USER requiretty", "USER ALL=(ALL) NOPASSWD: ALL");
    await expect(connect()).rejects.toMatchObject({
      code: "sudo-refused",
      details: { likelyCause: expect.stringContaining("requiretty") },
    });
  });
});
