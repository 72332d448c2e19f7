import { join } from "node:path";
import { InstallerError, toInstallerError } from "../engine/errors.ts";
import { clusterFolder } from "../engine/state-folder.ts";
import { probeFacts } from "../facts/probe.ts";
import { closeAll, connectAll } from "../ssh/connect-all.ts";
import { createConnector } from "../ssh/connector.ts";
import type { Host } from "../ssh/host.ts";
import { createSemaphore } from "../ssh/semaphore.ts";
import type { ConnectedNode } from "../steps/node.ts";
import type { Machine } from "../topology/machine.ts";
import type { Person } from "./person.ts";

/** A machine one could not log in to, become root on or look at. */
export interface AbsentNode {
  readonly name: string;
  readonly error: InstallerError;
}

export interface ConnectedNodes {
  /** In the order of the machines. */
  readonly nodes: readonly ConnectedNode[];
  readonly absent: readonly AbsentNode[];
  close(): Promise<void>;
}

export interface ConnectOptions {
  readonly cluster: string;
  /** Asked about unknown host keys, when somebody is there. */
  readonly person?: Person;
  /** How many machines are logged in to at once. */
  readonly parallel: number;
  readonly signal: AbortSignal;
}

/**
 * Logs in to every machine, becomes root there and looks at it once; many machines at the same time, but not more than
 * this one can follow, because a look has a deadline.
 */
export async function connectNodes(machines: readonly Machine[], options: ConnectOptions): Promise<ConnectedNodes> {
  const { cluster, person, parallel, signal } = options;
  const connector = createConnector({
    knownHostsFile: join(clusterFolder(cluster), "known_hosts"),
    ...(person === undefined ? {} : { confirmHostKey: person.confirmHostKey }),
  });
  const { hosts, failures } = await connectAll(connector, machines, { signal, parallel });
  const places = createSemaphore(parallel);
  const lookAt = async (host: Host) => {
    const release = await places.acquire(signal);
    return probeFacts(host, { signal }).finally(release);
  };
  const nodes: ConnectedNode[] = [];
  const absent = failures.map((error) => ({ name: error.details.node ?? "", error }));
  const facts = await Promise.all(
    machines.map(async ({ name }) => {
      const host = hosts.get(name);
      return host && lookAt(host).catch((thrown: unknown) => toInstallerError(thrown));
    }),
  );
  for (const [index, machine] of machines.entries()) {
    const [host, seen] = [hosts.get(machine.name), facts[index]];
    if (host === undefined || seen === undefined) continue;
    if (seen instanceof InstallerError) absent.push({ name: machine.name, error: seen.at({ node: machine.name }) });
    else nodes.push({ machine, host, facts: seen });
  }
  return {
    nodes,
    absent,
    close: async () => {
      await closeAll(hosts.values());
      await connector.close();
    },
  };
}

/** One error for all the nodes that cannot be used. */
export function joinAbsent(absent: readonly AbsentNode[], machines: number): InstallerError | undefined {
  const [first] = absent;
  if (first === undefined || absent.length === 1) return first?.error;
  return new InstallerError(first.error.code, {
    message: `${absent.length} of ${machines} nodes cannot be used; nothing was changed on any node.`,
    failures: absent.map(({ error }) => error),
  });
}
