import { join } from "node:path";
import { InstallerError, toInstallerError } from "../engine/errors.ts";
import { clusterFolder, makePrivateFolder } from "../engine/state-folder.ts";
import { probeFacts } from "../facts/probe.ts";
import { createConnector } from "../ssh/connector.ts";
import type { ConnectedNode } from "../steps/node.ts";
import type { Machine } from "../topology/machine.ts";
import { confirmHostKey } from "./confirm-host-key.ts";

export interface ConnectedNodes {
  readonly nodes: readonly ConnectedNode[];
  close(): Promise<void>;
}

export interface ConnectOptions {
  readonly cluster: string;
  readonly interactive: boolean;
  readonly signal: AbortSignal;
}

/**
 * Logs in to every machine, becomes root there and looks at it once, all machines at the same time.
 * @throws InstallerError with the failures of all machines, not only of the first
 */
export async function connectNodes(machines: readonly Machine[], options: ConnectOptions): Promise<ConnectedNodes> {
  const { cluster, interactive, signal } = options;
  const folder = clusterFolder(cluster);
  await makePrivateFolder(folder);
  const connector = createConnector({
    knownHostsFile: join(folder, "known_hosts"),
    ...(interactive ? { confirmHostKey } : {}),
  });
  const nodes: ConnectedNode[] = [];
  const failures: InstallerError[] = [];
  const close = async () => {
    await Promise.all(nodes.map(({ host }) => host.close()));
    await connector.close();
  };
  await Promise.all(
    machines.map(async (machine) => {
      try {
        const host = await connector.connectHost(machine.name, machine.ssh, { signal });
        const facts = await probeFacts(host, { signal }).catch(async (thrown: unknown) => {
          await host.close();
          throw thrown;
        });
        nodes.push({ machine, host, facts });
      } catch (thrown) {
        failures.push(toInstallerError(thrown).at({ node: machine.name }));
      }
    }),
  );
  if (failures.length > 0) {
    await close();
    signal.throwIfAborted();
    throw joined(failures, machines.length);
  }
  const order = new Map(machines.map((machine, index) => [machine.name, index]));
  nodes.sort((a, b) => (order.get(a.machine.name) ?? 0) - (order.get(b.machine.name) ?? 0));
  return { nodes, close };
}

function joined(failures: readonly InstallerError[], machines: number): InstallerError {
  const [first] = failures;
  if (first === undefined) throw new InstallerError("bug", { message: "No failure to report." });
  if (failures.length === 1) return first;
  return new InstallerError(first.code, {
    message: `${failures.length} of ${machines} nodes cannot be used; nothing was changed on any node.`,
    failures,
  });
}
