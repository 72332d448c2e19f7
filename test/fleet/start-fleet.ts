import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dump } from "js-yaml";
import { writeFleetBundle } from "./bundle.ts";
import { type Fault, FaultScript } from "./faults.ts";
import { baseSystem } from "./machine/base.ts";
import { Machine } from "./machine/machine.ts";
import { createRandom } from "./random.ts";
import { listen } from "./ssh/listen.ts";
import { newKey } from "./ssh/new-key.ts";
import { FleetNode, type Latency } from "./ssh/node.ts";

export interface FleetOptions {
  /** How many machines; the first is the control plane. */
  readonly nodes: number;
  readonly seed?: number | string;
  readonly latency?: Partial<Latency>;
  /** What part of the time real programs (kubeadm, apt) take is spent here as well; 0.01 unless told. */
  readonly work?: number;
  readonly faults?: readonly Fault[];
  /** The cluster's name in the preset. */
  readonly cluster?: string;
  /** Keeps the text of every command, not only their number. */
  readonly keepCommands?: boolean;
}

export interface PresetOptions {
  /** Only the first so many machines. */
  readonly nodes?: number;
}

/** Machines that answer over ssh like nodes; they end with `stop`. */
export interface Fleet {
  readonly nodes: readonly FleetNode[];
  /** Holds key, bundle and presets. */
  readonly folder: string;
  node(name: string): FleetNode;
  /** Writes a preset for the fleet and gives its path. */
  writePreset(name: string, options?: PresetOptions): Promise<string>;
  addFault(fault: Fault): void;
  faultsLeft(): readonly Fault[];
  /** Commands nobody has taught the fleet; a test should expect none. */
  readonly unknownCommands: string[];
  /** How many commands each node has run, by name. */
  counts(): Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

/** Starts a fleet of stand-ins for machines. What they stand in for, and what not, is told in README.md. */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const { nodes: count, seed = 1, work = 0.01, keepCommands = false, cluster = "fleet" } = options;
  const latency: Latency = { connect: 2, command: 2, perMiB: 10, ...options.latency };
  const folder = await mkdtemp(join(tmpdir(), "fleet-"));
  const random = createRandom(seed);
  const faults = new FaultScript();
  for (const fault of options.faults ?? []) faults.add(fault);
  const unknownCommands: string[] = [];
  const byInternal = new Map<string, Machine>();
  const base = baseSystem();
  const nodes = Array.from({ length: count }, (_, index) => {
    const name = index === 0 ? "cp-1" : `w-${index}`;
    const [high, low] = [Math.floor((index + 10) / 250), ((index + 10) % 250) + 1];
    const onUnknown = (command: string): void => {
      unknownCommands.push(`${name}: ${command}`);
    };
    const machine = new Machine({
      name,
      internalAddress: `172.16.${high}.${low}`,
      base,
      random: random.fork(name),
      work,
      surroundings: {
        machineAt: (address) => {
          const found = byInternal.get(address);
          return found?.up === true ? found : undefined;
        },
        unknownCommand: (_machine, command) => onUnknown(command),
      },
    });
    byInternal.set(machine.internalAddress, machine);
    return new FleetNode({ machine, latency, faults, keepCommands, onUnknown });
  });
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const [host, client] = [newKey(), newKey()];
  const keyFile = join(folder, "key");
  await writeFile(keyFile, client.pem, { mode: 0o600 });
  const bundle = await writeFleetBundle(folder);
  const listening = await listen({ hostKey: host.pem, authorizedKey: client.key, nodes });
  const fingerprint = `SHA256:${createHash("sha256").update(host.key.getPublicSSH()).digest("base64").replace(/=+$/, "")}`;

  return {
    nodes,
    folder,
    unknownCommands,
    node: (name) => {
      const found = byName.get(name);
      if (found === undefined) throw new Error(`the fleet has no ${name}`);
      return found;
    },
    async writePreset(name, { nodes: wanted = count } = {}) {
      const path = join(folder, name);
      const preset = {
        apiVersion: "kube-installer/v1",
        kind: "Cluster",
        metadata: { name: cluster },
        spec: {
          kubernetes: { source: { bundle: { path: bundle } } },
          topology: {
            static: {
              ssh: { user: "root", keyFile, hostKeyFingerprints: [fingerprint] },
              nodes: nodes.slice(0, wanted).map(({ machine }, index) => ({
                name: machine.name,
                address: "localhost",
                internalAddress: machine.internalAddress,
                roles: [index === 0 ? "control-plane" : "worker"],
                ssh: { port: listening.ports[index] },
              })),
            },
          },
          network: { plugin: "bridge", podCIDR: "10.128.0.0/12", serviceCIDR: "10.96.0.0/16" },
        },
      };
      await writeFile(path, dump(preset));
      return path;
    },
    addFault: (fault) => faults.add(fault),
    faultsLeft: () => faults.left(),
    counts: () => Object.fromEntries(nodes.map((node) => [node.name, node.count])),
    async stop() {
      await listening.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
