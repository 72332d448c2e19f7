import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { run } from "../../../src/cli/commands/install.ts";
import { seconds } from "../../../src/engine/time.ts";
import { lockFolder } from "../../../src/steps/lock/lock-file.ts";
import { worker } from "../../../src/steps/plans.ts";
import type { Effect } from "../faults.ts";
import type { FleetNode } from "../ssh/node.ts";
import { type Fleet, startFleet } from "../start-fleet.ts";
import { type FaultBook, openFaultBook } from "./fault-book.ts";
import { holdTraffic, passTraffic, triesAt } from "./memory-network.ts";
import type { Fault, FaultKind } from "./schedule.ts";
import type { World } from "./world.ts";

const ownerMark = "kube-installer/owner";
const lockFile = `${lockFolder}/lock`;
const cluster = "chaos";

/** Faults that keep the installer from getting in, or getting in again. */
const barring: ReadonlySet<FaultKind> = new Set(["refuse", "login-refused", "host-key", "silent"]);

/** The simulated machines of the fleet, reached over ssh. */
export async function createFleetWorld(count: number): Promise<World> {
  let fleet: Fleet = await startFleet({ nodes: count, cluster });
  const shape = { nodes: fleet.nodes.map(({ name }) => name), steps: worker.map(({ id }) => id) };
  const [first = ""] = shape.nodes;
  let book: FaultBook | undefined;
  let cut = false;
  /** Faults at the door of a machine, with the tries to get in that they did not concern. */
  const barred = new Map<Fault, number>();
  let ports: readonly number[] = [];

  const strike = (name: string, { text }: { text: string }): Effect | undefined => {
    if (cut) return { kind: "cut", progress: "half" };
    book?.commandReaches(name);
    for (const fault of book?.active(name) ?? []) {
      const effect = effectOn(fault);
      if (effect === undefined) continue;
      book?.meet(fault, effect === "felt" ? undefined : text);
      if (effect !== "felt") return effect;
    }
    const api = book?.active(first).find(({ kind }) => kind === "api-down");
    if (api !== undefined && /kubectl|kubeadm/.test(text)) book?.meet(api);
    return undefined;
  };
  const switches = (fault: Fault, on: boolean): void => {
    const node = fleet.node(fault.node);
    if (fault.kind === "refuse") node.closedUntil = on ? Number.POSITIVE_INFINITY : 0;
    if (fault.kind === "disk-full") node.machine.disk.full = on;
    if (fault.kind === "login-refused") node.refusesLogins = on;
    if (fault.kind === "host-key") node.hasOtherHostKey = on;
    if (fault.kind === "silent") (on ? holdTraffic : passTraffic)(portOf(fault.node));
    const api = node.machine.controlPlane;
    if (fault.kind === "api-down" && api !== undefined) api.downUntil = on ? Number.POSITIVE_INFINITY : 0;
  };
  const begins = (fault: Fault): void => {
    const { name, open, underWay } = fleet.node(fault.node);
    if (barring.has(fault.kind)) {
      barred.set(fault, triesAt(portOf(name)) - (open > 0 ? 0 : 1));
      if (open > 0) book?.meet(fault);
    }
    // What has arrived before finds the disk full when its turn comes.
    if (fault.kind === "disk-full" && underWay > 0) book?.meet(fault);
    switches(fault, true);
    if (barring.has(fault.kind) && fault.kind !== "silent") fleet.node(name).cut();
  };
  const ends = (fault: Fault): void => switches(fault, false);
  /** Where one logs in to a machine, as its preset says. */
  const portOf = (name: string): number => ports[shape.nodes.indexOf(name)] ?? 0;
  /** A machine that is down has no lock: a start empties its /run. */
  const lockText = (): string | undefined => {
    const { machine } = fleet.node(first);
    return machine.up ? machine.files.readIfThere(lockFile) : undefined;
  };

  return {
    shape,
    cluster,
    install: async (context, nodes = count) => {
      const preset = await fleet.writePreset(`${nodes}.yaml`, { nodes });
      return run({ preset, output: "ndjson" }, context);
    },
    reset: async (seed) => {
      await fleet.stop();
      fleet = await startFleet({ nodes: count, cluster, seed, work: 1, latency: { connect: 4, command: 4 } });
      const preset = await readFile(await fleet.writePreset(`${count}.yaml`), "utf8");
      ports = [...preset.matchAll(/port: (\d+)/g)].map(([, port]) => Number(port));
      const [any] = fleet.nodes;
      if (any !== undefined) Object.assign(any.options.faults, { strike });
    },
    begin: ({ faults }) => {
      barred.clear();
      book = openFaultBook(faults, { begins, ends });
    },
    stepBegan: (node, step) => book?.stepBegins(node, step),
    felt: () => {
      for (const [fault, tries] of barred) if (triesAt(portOf(fault.node)) > tries) book?.meet(fault, "a login");
      return book?.met() ?? [];
    },
    lift: async () => {
      book?.close();
      book = undefined;
      cut = false;
      for (const node of fleet.nodes) node.closedUntil = 0;
      while (fleet.nodes.some(({ machine }) => !machine.up)) await delay(seconds(1));
    },
    cutOff: () => {
      cut = true;
      for (const node of fleet.nodes) close(node);
    },
    connections: () => fleet.nodes.reduce((sum, { open }) => sum + open, 0),
    lockHolder: () => lockText()?.split("\n")[1],
    orphanLock: (where) => {
      const { files, controlPlane } = fleet.node(first).machine;
      const orphaned = (owner: string): string =>
        JSON.stringify({ ...JSON.parse(owner), ...(where === "here" ? { pid: 4_194_305 } : { host: "elsewhere" }) });
      const [token, owner, ...rest] = lockText()?.split("\n") ?? [];
      if (owner !== undefined) files.write(lockFile, [token, orphaned(owner), ...rest].join("\n"));
      const lease = controlPlane?.find("Lease", "kube-installer", "kube-system");
      const leased = lease?.metadata.annotations?.[ownerMark];
      if (controlPlane === undefined || lease === undefined || leased === undefined) return;
      const annotations = { ...lease.metadata.annotations, [ownerMark]: orphaned(leased) };
      controlPlane.put({ ...lease, metadata: { ...lease.metadata, annotations } });
    },
    shortcomings: () => [...new Set(fleet.unknownCommands)],
    close: () => fleet.stop(),
  };
}

/** Breaks every connection of a machine and accepts no further one. */
function close(node: FleetNode): void {
  node.closedUntil = Number.POSITIVE_INFINITY;
  node.cut();
}

/** What a fault does to a command that reaches its node; `felt` when what it has done to the machine already decides. */
function effectOn({ kind, lasts, mark }: Fault): Effect | "felt" | undefined {
  const progress = "half";
  switch (kind) {
    case "reset":
      return { kind: "cut", progress };
    case "stuck":
      return { kind: "hang", progress };
    case "fail":
      return { kind: "fail", exitCode: 97, stderr: `${mark}: this went wrong\n` };
    case "slow":
      return { kind: "slow", milliseconds: 2000 };
    case "disk-full":
      return "felt";
    case "reboot":
      return { kind: "reboot", progress, milliseconds: typeof lasts === "number" ? lasts : 60_000 };
    case "garbage":
      return { kind: "fail", exitCode: 0, stderr: `\u001b]0;${mark}\u0007\u0000\u00ff\n` };
    default:
      return undefined;
  }
}
