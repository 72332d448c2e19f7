import { type InstallerError, toInstallerError } from "../../../engine/errors.ts";
import { minutes, seconds } from "../../../engine/time.ts";
import type { ClusterSpec } from "../../../preset/cluster-spec.ts";
import { createSemaphore } from "../../../ssh/semaphore.ts";
import type { DiskLatency, Flow, TriedFlow } from "../evidence.ts";
import { flowsOf, isControlPlane } from "../flows.ts";
import { apiPort, etcdPorts, kubeletPort } from "../ports.ts";
import type { PreflightNode } from "../preflight-node.ts";
import { askerFor } from "./ask.ts";
import { tryConnections } from "./connections.ts";
import { measureDisk } from "./disk.ts";
import { closeListeners, type Listeners, openListeners } from "./listeners.ts";

/** What the facts of a node do not tell and had to be tried; the error when the node gave up in between. */
export interface Measured {
  readonly node: PreflightNode;
  readonly flows: readonly TriedFlow[];
  readonly disk?: DiskLatency;
  readonly error?: InstallerError;
}

interface Options {
  readonly spec: ClusterSpec;
  /** Leaves out what writes: the measuring of disks. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

/** Nodes that are asked at once: each answer has a deadline, and this machine must follow. */
const atOnce = 64;

/** A disk that has much to write already answers late, which is no reason to call its node silent. */
const diskPatience = minutes(1);

/** Opens listeners everywhere, tries every connection and the disks, and closes the listeners again. */
export async function measureNodes(
  nodes: readonly PreflightNode[],
  { spec, dryRun, signal }: Options,
): Promise<readonly Measured[]> {
  const failures = new Map<PreflightNode, InstallerError>();
  const places = createSemaphore(atOnce);
  const attempt = async <T>(node: PreflightNode, fallback: T, act: () => Promise<T>): Promise<T> => {
    const release = await places.acquire(new AbortController().signal);
    try {
      return await act();
    } catch (thrown) {
      const error = toInstallerError(thrown);
      if (error.code === "bug") throw error;
      if (!failures.has(node)) failures.set(node, error.at({ node: node.machine.name }));
      return fallback;
    } finally {
      release();
    }
  };
  const each = <T>(act: (node: PreflightNode) => Promise<T>) =>
    Promise.all(nodes.map(async (node) => [node, await act(node)] as const)).then((entries) => new Map(entries));

  const disks = each((node) =>
    isControlPlane(node) && !dryRun
      ? attempt(node, undefined, () => measureDisk(askerFor(node, signal, diskPatience), node.facts))
      : Promise.resolve(undefined),
  );
  const listeners = await each((node) => attempt(node, none, () => listenOn(node, signal)));
  try {
    const reachable = nodes.filter((node) => !failures.has(node));
    const tried = await each((node) => {
      if (!hasPerl(node) || failures.has(node)) return Promise.resolve([]);
      return attempt(node, [], () => tryConnections(askerFor(node, signal), flowsOf(node, reachable, spec)));
    });
    const measured = await disks;
    return nodes.map((node) => {
      const [disk, error] = [measured.get(node), failures.get(node)];
      return {
        node,
        flows: (tried.get(node) ?? []).map((flow) => ({ ...flow, answered: answers(flow, nodes, listeners) })),
        ...(disk === undefined ? {} : { disk }),
        ...(error === undefined ? {} : { error }),
      };
    });
  } finally {
    const evenAborted = new AbortController().signal;
    await each((node) =>
      attempt(node, undefined, () =>
        closeListeners(askerFor(node, evenAborted, seconds(10)), listeners.get(node) ?? none),
      ),
    );
    await disks.catch(() => undefined);
  }
}

const none: Listeners = { ports: new Set(), pid: undefined };

function hasPerl({ facts }: PreflightNode): boolean {
  return facts.commands.perl !== undefined;
}

/** Listens where nothing does yet. */
async function listenOn(node: PreflightNode, signal: AbortSignal): Promise<Listeners> {
  if (!hasPerl(node)) return none;
  const wanted = [kubeletPort, ...(isControlPlane(node) ? [apiPort, ...etcdPorts] : [])];
  const taken = new Set(node.facts.listening.map(({ port }) => port));
  const free = wanted.filter((port) => !taken.has(port));
  return openListeners(askerFor(node, signal), free, { six: node.machine.internalAddress.includes(":") });
}

/** Whether something listens at the other end on the address that was tried. */
function answers(
  { to, host, port }: Flow,
  nodes: readonly PreflightNode[],
  listeners: ReadonlyMap<PreflightNode, Listeners>,
): boolean {
  const node = nodes.find(({ machine }) => machine.name === to);
  if (node === undefined) return false;
  if (listeners.get(node)?.ports.has(port) === true) return true;
  return node.facts.listening.some(
    (listener) =>
      listener.protocol === "tcp" && listener.port === port && ["0.0.0.0", "::", host].includes(listener.address),
  );
}
