import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Secret } from "../../../src/engine/secret.ts";
import { resolveTarget } from "../../../src/ssh/resolve-target.ts";
import type { SshTarget } from "../../../src/ssh/target.ts";

// Real programs are started here, which takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const signal = new AbortController().signal;
let directory: string;
let configFile: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "ssh-config-"));
  configFile = join(directory, "config");
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function resolve(config: string, target: SshTarget) {
  writeFileSync(configFile, config);
  return resolveTarget(target, { configFile, signal });
}

describe("resolveTarget", () => {
  it("falls back to what OpenSSH does", async () => {
    const resolved = await resolve("", { address: "host" });
    expect(resolved).toMatchObject({
      address: "host",
      port: 22,
      user: userInfo().username,
      hostKeyName: "host",
      hostKeys: "ask",
      identitiesOnly: false,
      keyFilesNamed: false,
      passwordFirst: false,
    });
    expect(resolved.keyFiles).toContain(join(homedir(), ".ssh/id_ed25519"));
    expect(resolved.knownHostsFiles).toContain(join(homedir(), ".ssh/known_hosts"));
    expect(resolved.knownHostsFiles).toContain("/etc/ssh/ssh_known_hosts");
  });

  it("takes everything from the configuration, in its first-match order", async () => {
    const config = `Match host web-* user admin
  Port 2201
Host web-*
  HostName %h.internal
  User admin
  Port 2200
  IdentityFile ~/.ssh/web
  IdentityFile %d/.ssh/second
  IdentitiesOnly yes
  UserKnownHostsFile ~/.ssh/web_hosts /tmp/others
  GlobalKnownHostsFile none
  StrictHostKeyChecking yes
  HostKeyAlias web-farm
`;
    expect(await resolve(config, { address: "web-1" })).toMatchObject({
      address: "web-1.internal",
      port: 2200,
      user: "admin",
      keyFiles: [join(homedir(), ".ssh/web"), join(homedir(), ".ssh/second")],
      identitiesOnly: true,
      knownHostsFiles: [join(homedir(), ".ssh/web_hosts"), "/tmp/others"],
      hostKeys: "strict",
      hostKeyName: "web-farm",
    });
    expect(await resolve(config, { address: "web-1", user: "admin" })).toMatchObject({ port: 2201 });
  });

  it("lets the preset win", async () => {
    const config = "Host *\n  Port 2200\n  User admin\n  IdentityFile ~/.ssh/web\n  StrictHostKeyChecking yes\n";
    const target: SshTarget = { address: "h", port: 22, user: "root", keyFile: "~/k", hostKeys: "accept-new" };
    expect(await resolve(config, target)).toMatchObject({
      port: 22,
      user: "root",
      keyFiles: [join(homedir(), "k")],
      keyFilesNamed: true,
      identitiesOnly: true,
      hostKeys: "accept-new",
    });
  });

  it("names a host on another port as known_hosts does", async () => {
    expect((await resolve("", { address: "Host.Example", port: 2222 })).hostKeyName).toBe("[host.example]:2222");
    expect((await resolve("", { address: "2001:db8::1", port: 2222 })).hostKeyName).toBe("[2001:db8::1]:2222");
  });

  it("never turns the check of host keys off", async () => {
    const resolved = await resolve("Host *\n  StrictHostKeyChecking no\n", { address: "h" });
    expect(resolved.hostKeys).toBe("accept-new");
  });

  it("follows ProxyJump through several machines, each with its own settings", async () => {
    const config = `Host target
  ProxyJump ann@first:2201,bob@[2001:db8::1]:2202
Host first
  HostName first.example
`;
    expect((await resolve(config, { address: "target" })).jump).toMatchObject({
      address: "2001:db8::1",
      user: "bob",
      port: 2202,
      jump: { address: "first.example", user: "ann", port: 2201 },
    });
    const own = await resolve(config, { address: "target", bastion: { address: "mine" } });
    expect(own.jump).toMatchObject({ address: "mine" });
    expect(own.jump?.jump).toBeUndefined();
  });

  it("refuses circles and ProxyCommand with a reason", async () => {
    await expect(resolve("Host a\n ProxyJump b\nHost b\n ProxyJump a\n", { address: "a" })).rejects.toMatchObject({
      code: "ssh-config-invalid",
    });
    await expect(resolve("Host a\n ProxyCommand nc %h %p\n", { address: "a" })).rejects.toMatchObject({
      code: "ssh-config-invalid",
      message: expect.stringContaining("ProxyCommand"),
    });
  });

  it("tries a password before the keys of an agent unless a key is named", async () => {
    const password = new Secret("correct horse");
    expect((await resolve("", { address: "h", password })).passwordFirst).toBe(true);
    expect((await resolve("", { address: "h", password, keyFile: "/k" })).passwordFirst).toBe(false);
  });
});
