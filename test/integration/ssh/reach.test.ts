import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeAll, connectAll } from "../../../src/ssh/connect-all.ts";
import { type ConnectorOptions, createConnector } from "../../../src/ssh/connector.ts";
import { sh } from "../../../src/ssh/shell.ts";
import type { SshTarget } from "../../../src/ssh/target.ts";
import { freePort, makeKey, type SshServer, startSshServer } from "./ssh-server.ts";
import { createTestUser, type TestUser } from "./test-user.ts";

const signal = AbortSignal.timeout(110_000);
let inner: SshServer;
let jump: SshServer;
let user: TestUser;

beforeAll(async () => {
  [inner, jump] = await Promise.all([startSshServer(), startSshServer()]);
  user = createTestUser();
});
afterAll(async () => {
  await Promise.all([inner?.stop(), jump?.stop()]);
  user?.remove();
});

const connector = (options: Partial<ConnectorOptions> = {}) =>
  createConnector({ knownHostsFile: join(inner.directory, "known_hosts"), ...options });
const innerTarget = (): SshTarget => ({
  address: "127.0.0.1",
  port: inner.port,
  user: "root",
  keyFile: inner.clientKey,
  hostKeys: "accept-new",
});
const jumpTarget = (): SshTarget => ({
  address: "127.0.0.1",
  port: jump.port,
  user: user.name,
  keyFile: jump.clientKey,
  hostKeys: "accept-new",
});

describe("a jump host", () => {
  it("is passed with its own credentials and host key, once for many targets", async () => {
    const through = connector();
    const logins = (log: string) => log.match(/Accepted publickey/g)?.length ?? 0;
    const before = logins(jump.log());
    const machines = Array.from({ length: 12 }, (_, index) => ({
      name: `node-${index}`,
      ssh: { ...innerTarget(), bastion: jumpTarget() },
    }));
    const { hosts, failures } = await connectAll(through, machines, { signal });
    expect(failures).toEqual([]);
    const outputs = await Promise.all(
      [...hosts.values()].map((host) => host.read(sh`echo "$SSH_CONNECTION"`, { signal })),
    );
    for (const { stdout } of outputs) expect(stdout.trim()).toMatch(new RegExp(` ${inner.port}$`));
    await closeAll(hosts.values());
    await through.close();
    expect(logins(jump.log()) - before).toBe(1);
  });

  it("can stand behind another one", async () => {
    const through = connector();
    const bastion = { ...innerTarget(), bastion: jumpTarget() };
    const transport = await through.connect({ ...jumpTarget(), bastion }, { signal });
    expect((await transport.execute(sh`id -un`, { signal })).stdout.trim()).toBe(user.name);
    await transport.close();
    await through.close();
  });

  it("is taken from ProxyJump of ~/.ssh/config", async () => {
    const configFile = join(inner.directory, "config");
    const lines = [
      "Host inner",
      "  HostName 127.0.0.1",
      `  Port ${inner.port}`,
      "  User root",
      `  IdentityFile ${inner.clientKey}`,
      `  ProxyJump ${user.name}@gate:${jump.port}`,
      "Host gate",
      "  HostName 127.0.0.1",
      `  IdentityFile ${jump.clientKey}`,
      "Host *",
      "  StrictHostKeyChecking accept-new",
      "  IdentitiesOnly yes",
    ];
    writeFileSync(configFile, `${lines.join("\n")}\n`);
    const through = connector({ configFile });
    const before = jump.log().length;
    const transport = await through.connect({ address: "inner" }, { signal });
    expect((await transport.execute(sh`id -un`, { signal })).stdout.trim()).toBe("root");
    await transport.close();
    await through.close();
    expect(jump.log().slice(before)).toContain(`Accepted publickey for ${user.name}`);
  });

  it("that refuses the login is named, not the target", async () => {
    const stranger = join(inner.directory, "stranger");
    makeKey(stranger);
    const through = connector();
    const bastion = { ...jumpTarget(), keyFile: stranger };
    await expect(through.connect({ ...innerTarget(), bastion }, { signal })).rejects.toMatchObject({
      code: "authentication-failed",
      message: expect.stringContaining(`127.0.0.1:${jump.port}`),
    });
    await through.close();
  });

  it("that does not forward connections says so, after one attempt", async () => {
    const closed = await startSshServer({ config: ["AllowTcpForwarding no"] });
    const through = connector();
    const bastion = { ...jumpTarget(), port: closed.port, keyFile: closed.clientKey };
    const refused = await through.connect({ ...innerTarget(), bastion }, { signal }).catch((thrown: unknown) => thrown);
    const requests = closed.log().match(/direct-tcpip|forward/g)?.length;
    await through.close();
    await closed.stop();
    expect(refused).toMatchObject({
      code: "unreachable",
      details: { likelyCause: expect.stringContaining("does not forward") },
    });
    expect(requests).toBe(1);
  });

  it("that cannot reach the target says so", async () => {
    const through = connector();
    const target = { ...innerTarget(), port: await freePort(), bastion: jumpTarget() };
    await expect(through.connect(target, { signal })).rejects.toMatchObject({
      code: "unreachable",
      message: expect.stringMatching(/through .*the connection was refused/),
      details: { likelyCause: expect.stringContaining("no ssh server listens") },
    });
    await through.close();
  });
});

describe("a machine that cannot be reached", () => {
  const refused = (target: Partial<SshTarget>, options: Partial<ConnectorOptions> = {}) =>
    connector(options)
      .connect({ ...innerTarget(), ...target }, { signal })
      .catch((thrown: unknown) => thrown);

  it("because nothing listens", async () => {
    expect(await refused({ port: await freePort() })).toMatchObject({
      code: "unreachable",
      details: { likelyCause: expect.stringContaining("no ssh server listens") },
    });
  });

  it("because its name means nothing", async () => {
    expect(await refused({ address: "no-such-host.invalid" })).toMatchObject({
      code: "unreachable",
      details: { likelyCause: "The name cannot be resolved." },
    });
  });

  it("because something else answers there", async () => {
    const silent = await listen((server) => server.on("connection", () => {}));
    expect(await refused({ port: silent.port }, { timeout: 300 })).toMatchObject({
      code: "unreachable",
      details: { likelyCause: expect.stringContaining("does not answer as an ssh server") },
    });
    silent.close();
    const web = await listen((server) =>
      server.on("connection", (socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
    );
    expect(await refused({ port: web.port }, { timeout: 5000 })).toMatchObject({ code: "unreachable" });
    web.close();
  });

  it("does not stop the others, and every failure names its node", async () => {
    const machines = [
      { name: "good", ssh: innerTarget() },
      { name: "closed", ssh: { ...innerTarget(), port: await freePort() } },
      { name: "stranger", ssh: { ...innerTarget(), keyFile: jump.clientKey } },
    ];
    const all = connector();
    const { hosts, failures } = await connectAll(all, machines, { signal });
    expect([...hosts.keys()]).toEqual(["good"]);
    expect(failures.map(({ code, details }) => [details.node, code])).toEqual([
      ["closed", "unreachable"],
      ["stranger", "authentication-failed"],
    ]);
    await closeAll(hosts.values());
    await all.close();
  });
});

async function listen(prepare: (server: Server) => void): Promise<{ port: number; close: () => void }> {
  const server = createServer();
  prepare(server);
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { port, close: () => server.close() };
}
