import { existsSync, statSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Connector, createConnector } from "../../../src/ssh/connector.ts";
import type { Transport, Tunnel } from "../../../src/ssh/transport.ts";
import { freePort, type SshServer, startSshServer } from "./ssh-server.ts";

const signal = AbortSignal.timeout(110_000);
let server: SshServer;
let connector: Connector;
let transport: Transport;
let echo: Server;
let echoPort: number;
let echoSocket: string;
let unixEcho: Server;

/** Answers everything in upper case once the other side has finished speaking. */
function answer(socket: Socket): void {
  const chunks: Buffer[] = [];
  socket
    .on("data", (chunk) => chunks.push(chunk))
    .on("end", () => socket.end(Buffer.concat(chunks).toString().toUpperCase()));
}

beforeAll(async () => {
  server = await startSshServer();
  connector = createConnector({ knownHostsFile: join(server.directory, "known_hosts") });
  const target = { address: "127.0.0.1", port: server.port, user: "root", keyFile: server.clientKey };
  transport = await connector.connect({ ...target, hostKeys: "accept-new" }, { signal });
  echo = createServer({ allowHalfOpen: true }, answer);
  unixEcho = createServer({ allowHalfOpen: true }, answer);
  echoPort = await freePort();
  echoSocket = join(server.directory, "echo");
  await new Promise<void>((resolve) => echo.listen(echoPort, "127.0.0.1", resolve));
  await new Promise<void>((resolve) => unixEcho.listen(echoSocket, resolve));
});
afterAll(async () => {
  await transport?.close();
  await connector?.close();
  echo?.close();
  unixEcho?.close();
  await server?.stop();
});

const endOf = ({ local }: Tunnel) =>
  "port" in local ? { port: local.port, host: "127.0.0.1" } : { path: local.socketPath };

/** Says something through a tunnel and gives the whole answer; "" when the connection is closed without one. */
function ask(tunnel: Tunnel, text: string): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ ...endOf(tunnel), allowHalfOpen: true });
    socket.on("data", (chunk) => chunks.push(chunk)).on("error", () => {});
    socket.on("close", () => resolve(Buffer.concat(chunks).toString()));
    socket.on("end", () => socket.end());
    socket.end(text);
  });
}

describe("a tunnel", () => {
  it("leads to a port the node can reach, for many connections at once", async () => {
    const tunnel = await transport.tunnel({ host: "127.0.0.1", port: echoPort }, { signal });
    const long = "abc".repeat(1_000_000);
    const answers = await Promise.all(
      [long, ...Array.from({ length: 30 }, (_, n) => `number ${n}`)].map((text) => ask(tunnel, text)),
    );
    expect(answers[0] === long.toUpperCase()).toBe(true);
    expect(answers[30]).toBe("NUMBER 29");
    await tunnel.close();
    await expect(
      new Promise((resolve, reject) => connect(endOf(tunnel)).on("connect", resolve).on("error", reject)),
    ).rejects.toThrow("ECONNREFUSED");
  });

  it("leads to a unix socket of the node", async () => {
    const tunnel = await transport.tunnel({ socketPath: echoSocket }, { signal });
    expect(await ask(tunnel, "to a socket")).toBe("TO A SOCKET");
    await tunnel.close();
  });

  it("can begin in a socket only this user can reach", async () => {
    const tunnel = await transport.tunnel({ socketPath: echoSocket }, { signal, unixSocket: true });
    const path = "socketPath" in tunnel.local ? tunnel.local.socketPath : "";
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(await ask(tunnel, "both ends")).toBe("BOTH ENDS");
    await tunnel.close();
    expect(existsSync(dirname(path))).toBe(false);
  });

  it("to a port where nothing listens closes the connection and stays itself", async () => {
    const port = await freePort();
    const tunnel = await transport.tunnel({ host: "127.0.0.1", port }, { signal });
    expect(await ask(tunnel, "anybody?")).toBe("");
    const late = createServer({ allowHalfOpen: true }, answer);
    await new Promise<void>((resolve) => late.listen(port, "127.0.0.1", resolve));
    expect(await ask(tunnel, "now?")).toBe("NOW?");
    late.close();
    await tunnel.close();
  });

  it("ends with its signal and with the transport", async () => {
    const abort = new AbortController();
    const tunnel = await transport.tunnel(
      { host: "127.0.0.1", port: echoPort },
      { signal: abort.signal, unixSocket: true },
    );
    const path = "socketPath" in tunnel.local ? tunnel.local.socketPath : "";
    abort.abort();
    await tunnel.close();
    expect(existsSync(path)).toBe(false);
    const target = { address: "127.0.0.1", port: server.port, user: "root", keyFile: server.clientKey };
    const other = await connector.connect(target, { signal });
    const last = await other.tunnel({ host: "127.0.0.1", port: echoPort }, { signal });
    await other.close();
    await expect(
      new Promise((resolve, reject) => connect(endOf(last)).on("connect", resolve).on("error", reject)),
    ).rejects.toThrow("ECONNREFUSED");
  });
});
