import { createServer, type Server, type Socket } from "node:net";
import ssh2, { type Connection, type ParsedKey } from "ssh2";
import { newKey } from "./new-key.ts";
import type { FleetNode } from "./node.ts";
import { serveChannel } from "./serve-channel.ts";

export interface ListenOptions {
  /** Private key every machine shows as its host key. */
  readonly hostKey: string;
  readonly authorizedKey: ParsedKey;
  readonly nodes: readonly FleetNode[];
}

export interface Listening {
  /** The port of each machine on 127.0.0.1, in the order of the machines. */
  readonly ports: readonly number[];
  close(): Promise<void>;
}

/** Listens for all machines, each on a port of its own. */
export async function listen({ hostKey, authorizedKey, nodes }: ListenOptions): Promise<Listening> {
  const sockets = new Set<Socket>();
  const byPeer = new Map<string, { node: FleetNode; socket: Socket }>();
  const serverWith = (key: string) =>
    new ssh2.Server({ hostKeys: [key], ident: "OpenSSH_9.2p1 Debian-2+deb12u3" }, (client, { ip, port }) => {
      client.on("error", () => client.end());
      const found = byPeer.get(`${ip} ${port}`);
      if (found !== undefined) serveClient(client, found.node, found.socket, authorizedKey);
    });
  const server = serverWith(hostKey);
  const stranger = serverWith(newKey().pem);
  const accept = (node: FleetNode, socket: Socket): void => {
    socket.on("error", () => socket.destroy());
    if (!node.welcoming) {
      socket.destroy();
      return;
    }
    const peer = `${socket.remoteAddress} ${socket.remotePort}`;
    sockets.add(socket);
    byPeer.set(peer, { node, socket });
    socket.once("close", () => {
      sockets.delete(socket);
      byPeer.delete(peer);
    });
    const { connect } = node.options.latency;
    setTimeout(
      () => {
        if (!socket.destroyed) (node.hasOtherHostKey ? stranger : server).injectSocket(socket);
      },
      connect * (0.5 + node.machine.random.share()),
    );
  };
  const listeners = await Promise.all(
    nodes.map((node) => listenOn(createServer({ noDelay: true }, (socket) => accept(node, socket)))),
  );
  return {
    ports: listeners.map((listener) => {
      const address = listener.address();
      return typeof address === "object" && address !== null ? address.port : 0;
    }),
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(listeners.map((listener) => new Promise((resolve) => listener.close(resolve))));
    },
  };
}

function listenOn(server: Server): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: "127.0.0.1", port: 0 }, () => resolve(server));
  });
}

function serveClient(client: Connection, node: FleetNode, socket: Socket, authorizedKey: ParsedKey): void {
  const forget = node.connected(() => socket.destroy());
  client.on("error", () => socket.destroy());
  client.once("close", forget);
  client.on("authentication", (context) => {
    if (
      node.refusesLogins ||
      context.method !== "publickey" ||
      !context.key.data.equals(authorizedKey.getPublicSSH())
    ) {
      context.reject(["publickey"]);
      return;
    }
    const { signature, blob } = context;
    if (
      signature === undefined ||
      blob === undefined ||
      authorizedKey.verify(blob, signature, context.hashAlgo) === true
    )
      context.accept();
    else context.reject();
  });
  client.on("ready", () => {
    client.on("session", (accept) => {
      const session = accept();
      session.on("exec", (acceptExec, _reject, { command }) => serveChannel(node, command, acceptExec()));
    });
  });
}
