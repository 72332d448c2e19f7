import type { Client } from "ssh2";
import { toInstallerError } from "../engine/errors.ts";
import { type Connection, createConnection } from "./connection.ts";
import { createHost } from "./create-host.ts";
import { dial } from "./dial.ts";
import { HandshakeFailure } from "./handshake.ts";
import type { Host } from "./host.ts";
import { createHostKeyCheck, type HostKeyCheckOptions } from "./host-key-check.ts";
import { type ResolvedTarget, resolveTarget } from "./resolve-target.ts";
import { createSemaphore, type Semaphore } from "./semaphore.ts";
import { shareOpensshConfig } from "./share-openssh-config.ts";
import { createSsh2Transport } from "./ssh2-transport.ts";
import type { SshTarget } from "./target.ts";
import { openTerminal, type RemoteTerminal, type TerminalOptions } from "./terminal.ts";
import type { Transport } from "./transport.ts";
import { openForward } from "./tunnel.ts";

export interface ConnectorOptions extends HostKeyCheckOptions {
  /** Another file in place of ~/.ssh/config. */
  readonly configFile?: string;
  /** Milliseconds one connection attempt may take; 20 seconds unless told. */
  readonly timeout?: number;
}

/** Opens connections that share what can be shared: jump hosts, host key questions, limits per server. */
export interface Connector {
  /** Connects and logs in. @throws InstallerError `unreachable`, `authentication-failed`, `host-key-refused`, … */
  connect(target: SshTarget, options: { signal: AbortSignal }): Promise<Transport>;
  /** Connects and becomes root, so that a refused sudo shows at once. @throws InstallerError also `sudo-refused` */
  connectHost(name: string, target: SshTarget, options: { signal: AbortSignal }): Promise<Host>;
  /** Opens a shell of root for a person, on a connection of its own. @throws InstallerError as `connectHost` does */
  openTerminal(target: SshTarget, options: TerminalOptions): Promise<RemoteTerminal>;
  /** Closes the connections to jump hosts; those to targets are closed by whoever opened them. */
  close(): Promise<void>;
}

const mostHandshakes = 8;

/** Makes a connector for one run. */
export function createConnector(options: ConnectorOptions): Connector {
  const hostKeyCheck = createHostKeyCheck(options);
  const places = new Map<string, Semaphore>();
  const jumps = new Map<string, Connection>();
  const readConfig = shareOpensshConfig();

  const placeOf = ({ address, port }: ResolvedTarget, use: "to" | "through"): Semaphore => {
    const key = `${use} ${address} ${port}`;
    const place = places.get(key) ?? createSemaphore(mostHandshakes);
    places.set(key, place);
    return place;
  };
  const connectionTo = (target: ResolvedTarget): Connection => {
    const { jump } = target;
    const way = jump && { place: placeOf(jump, "through"), connection: jumpConnection(jump) };
    return createConnection((signal) =>
      dial(target, {
        signal,
        hostKeyCheck,
        places: way === undefined ? [placeOf(target, "to")] : [placeOf(target, "to"), way.place],
        ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
        ...(way === undefined
          ? {}
          : { openSocket: async (until) => forward(await way.connection.client(until), target) }),
      }),
    );
  };
  const jumpConnection = (jump: ResolvedTarget): Connection => {
    const key = identityOf(jump);
    const connection = jumps.get(key) ?? connectionTo(jump);
    jumps.set(key, connection);
    return connection;
  };
  const connected = async (target: SshTarget, signal: AbortSignal): Promise<Connection> => {
    const resolved = await resolveTarget(target, {
      signal,
      readConfig,
      ...(options.configFile === undefined ? {} : { configFile: options.configFile }),
    });
    const connection = connectionTo(resolved);
    try {
      await connection.client(signal);
    } catch (thrown) {
      await connection.close();
      throw thrown;
    }
    return connection;
  };
  const connect: Connector["connect"] = async (target, { signal }) =>
    createSsh2Transport(await connected(target, signal));
  return {
    connect,
    async connectHost(name, target, { signal }) {
      try {
        const transport = await connect(target, { signal });
        const host = createHost(transport, {
          name,
          ...(target.sudoPassword === undefined ? {} : { sudoPassword: target.sudoPassword }),
        });
        await host.becomeRoot({ signal }).catch(async (thrown: unknown) => {
          await host.close();
          throw thrown;
        });
        return host;
      } catch (thrown) {
        if (signal.aborted) throw thrown;
        throw toInstallerError(thrown).at({ node: name });
      }
    },
    async openTerminal(target, terminal) {
      const { sudoPassword } = target;
      const connection = await connected(target, terminal.signal);
      try {
        return await openTerminal(connection, { ...terminal, ...(sudoPassword === undefined ? {} : { sudoPassword }) });
      } catch (thrown) {
        await connection.close();
        throw thrown;
      }
    },
    async close() {
      await Promise.all([...jumps.values()].reverse().map((connection) => connection.close()));
    },
  };
}

async function forward(client: Client, { address, port }: ResolvedTarget) {
  try {
    return await openForward(client, { host: address, port });
  } catch (thrown) {
    throw new HandshakeFailure("connect", thrown);
  }
}

/** Two targets with the same identity can share a connection; secrets count by what they are. */
function identityOf(target: ResolvedTarget): string {
  const { password, passphrase, jump, ...plain } = target;
  return JSON.stringify([
    plain,
    password?.reveal() ?? "",
    passphrase?.reveal() ?? "",
    jump === undefined ? "" : identityOf(jump),
  ]);
}
