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
  const otherKey = newKey().pem;
  // Each machine has a server of its own: two connections to different ports may come from one and the same port.
  const serverOf = (node: FleetNode, byPort: ReadonlyMap<number, Socket>, key: string) =>
    new ssh2.Server({ hostKeys: [key], ident: "OpenSSH_9.2p1 Debian-2+deb12u3" }, (client, { port }) => {
      client.on("error", () => client.end());
      const socket = byPort.get(port);
      if (socket !== undefined) serveClient(client, node, socket, authorizedKey);
    });
  const acceptorOf = (node: FleetNode) => {
    const byPort = new Map<number, Socket>();
    const server = serverOf(node, byPort, hostKey);
    return (socket: Socket): void => {
      socket.on("error", () => socket.destroy());
      const port = socket.remotePort;
      if (!node.welcoming || port === undefined) {
        socket.destroy();
        return;
      }
      sockets.add(socket);
      byPort.set(port, socket);
      socket.once("close", () => {
        sockets.delete(socket);
        byPort.delete(port);
      });
      const serve = (): void => {
        if (socket.destroyed) return;
        if (!node.welcoming) {
          socket.destroy();
          return;
        }
        (node.hasOtherHostKey ? serverOf(node, byPort, otherKey) : server).injectSocket(socket);
      };
      setTimeout(serve, node.options.latency.connect * (0.5 + node.machine.random.share()));
    };
  };
  const listeners = await Promise.all(nodes.map((node) => listenOn(createServer({ noDelay: true }, acceptorOf(node)))));
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
