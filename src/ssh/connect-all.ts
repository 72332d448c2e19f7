import { type InstallerError, toInstallerError } from "../engine/errors.ts";
import { defaultLimits } from "../engine/limits.ts";
import type { Connector } from "./connector.ts";
import type { Host } from "./host.ts";
import { createSemaphore } from "./semaphore.ts";
import type { SshTarget } from "./target.ts";

/** Something with a name that can be logged in to; a `Machine` is one. */
export interface Reachable {
  readonly name: string;
  readonly ssh: SshTarget;
}

export interface Connected {
  /** The hosts that are there, by name. */
  readonly hosts: ReadonlyMap<string, Host>;
  /** One error per host that is not, each naming it, in the order of the machines. */
  readonly failures: readonly InstallerError[];
}

export interface ConnectAllOptions {
  readonly signal: AbortSignal;
  /** How many machines are connected to at once; the usual limit unless told. */
  readonly parallel?: number;
}

/** Connects to many machines at once and becomes root on each; failures of some do not stop the others. */
export async function connectAll(
  connector: Pick<Connector, "connectHost">,
  machines: readonly Reachable[],
  { signal, parallel = defaultLimits.connections }: ConnectAllOptions,
): Promise<Connected> {
  const places = createSemaphore(parallel);
  const outcomes = await Promise.all(
    machines.map(async ({ name, ssh }) => {
      let release = (): void => {};
      try {
        release = await places.acquire(signal);
        return { name, host: await connector.connectHost(name, ssh, { signal }) };
      } catch (thrown) {
        return { name, error: toInstallerError(thrown).at({ node: name }) };
      } finally {
        release();
      }
    }),
  );
  if (signal.aborted) {
    await closeAll(outcomes.flatMap((outcome) => ("host" in outcome ? [outcome.host] : [])));
    throw signal.reason;
  }
  return {
    hosts: new Map(outcomes.flatMap((outcome) => ("host" in outcome ? [[outcome.name, outcome.host] as const] : []))),
    failures: outcomes.flatMap((outcome) => ("error" in outcome ? [outcome.error] : [])),
  };
}

/** Closes every host; one that does not close does not keep the others open. */
export async function closeAll(hosts: Iterable<Host>): Promise<void> {
  await Promise.allSettled([...hosts].map((host) => host.close()));
}
