import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import type { Client } from "ssh2";
import type { Connection } from "./connection.ts";
import { onAbort } from "./or-abort.ts";
import type { Tunnel, TunnelTarget } from "./transport.ts";

/**
 * Opens a local port on 127.0.0.1, or a unix socket in a directory of its own (0700), whose connections continue from
 * the node to `target`. A connection the node cannot make is closed at once; the tunnel stays.
 */
export async function openTunnel(
  connection: Connection,
  target: TunnelTarget,
  { signal, unixSocket = false }: { signal: AbortSignal; unixSocket?: boolean },
  onClose: () => void,
): Promise<Tunnel> {
  await connection.client(signal);
  const ends = new Set<Socket>();
  const closing = new AbortController();
  let forget = (): void => {};
  const server = createServer({ allowHalfOpen: true }, (local) => {
    ends.add(local);
    local.on("close", () => ends.delete(local)).on("error", () => local.destroy());
    connection
      .client(closing.signal)
      .then((client) => openForward(client, target))
      .then((remote) => splice(local, remote))
      .catch(() => local.destroy());
  });
  const directory = unixSocket ? await mkdtemp(join(process.env.XDG_RUNTIME_DIR ?? tmpdir(), "tunnel-")) : undefined;
  const local = directory === undefined ? undefined : { socketPath: join(directory, "socket") };
  const close = async (): Promise<void> => {
    forget();
    closing.abort();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const end of ends) end.destroy();
    await closed;
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
    onClose();
  };
  try {
    await listen(server, local?.socketPath);
  } catch (thrown) {
    await close();
    throw thrown;
  }
  forget = onAbort(signal, close);
  return { local: local ?? { port: portOf(server) }, close };
}

/** A stream from the node to an address or socket. @throws what ssh2 reports, e.g. `Channel open failure` */
export function openForward(client: Client, target: TunnelTarget): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | undefined, stream: Duplex): void => (error ? reject(error) : resolve(stream));
    if ("socketPath" in target) client.openssh_forwardOutStreamLocal(target.socketPath, done);
    else client.forwardOut("127.0.0.1", 0, target.host, target.port, done);
  });
}

function splice(local: Socket, remote: Duplex): void {
  if (local.destroyed) {
    remote.destroy();
    return;
  }
  local.on("close", () => remote.destroy());
  remote.on("error", () => local.destroy()).on("close", () => local.end());
  local.pipe(remote).pipe(local);
}

function listen(server: Server, socketPath: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    if (socketPath === undefined) server.listen(0, "127.0.0.1", resolve);
    else server.listen(socketPath, resolve);
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
