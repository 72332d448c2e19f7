import { run } from "../../../src/cli/commands/install.ts";
import { lockFolder } from "../../../src/steps/lock/lock-file.ts";
import { worker } from "../../../src/steps/plans.ts";
import type { Effect } from "../faults.ts";
import type { FleetNode } from "../ssh/node.ts";
import { type Fleet, startFleet } from "../start-fleet.ts";
import { type FaultBook, openFaultBook } from "./fault-book.ts";
import type { Fault } from "./schedule.ts";
import type { World } from "./world.ts";

const lockFile = `${lockFolder}/lock`;
const cluster = "chaos";

/** The simulated machines of the fleet, reached over ssh. */
export async function createFleetWorld(count: number): Promise<World> {
  let fleet: Fleet = await startFleet({ nodes: count, cluster });
  const shape = { nodes: fleet.nodes.map(({ name }) => name), steps: worker.map(({ id }) => id) };
  const [first = ""] = shape.nodes;
  let book: FaultBook | undefined;
  let cut = false;

  const strike = (name: string, { text }: { text: string }): Effect | undefined => {
    const node = fleet.node(name);
    if (cut) return { kind: "cut", progress: "half" };
    book?.commandReaches(name);
    for (const fault of book?.active(name) ?? []) {
      const effect = effectOn(node, fault);
      if (effect === undefined) continue;
      book?.meet(fault, text);
      if (effect !== "felt") return effect;
    }
    const api = book?.active(first).find(({ kind }) => kind === "api-down");
    if (api !== undefined && /kubectl|kubeadm/.test(text)) book?.meet(api, text);
    return undefined;
  };
  const begins = (fault: Fault): void => {
    const node = fleet.node(fault.node);
    if (fault.kind === "refuse") close(node);
    if (fault.kind === "disk-full") node.machine.disk.full = true;
    if (fault.kind === "api-down" && node.machine.controlPlane !== undefined)
      node.machine.controlPlane.downUntil = Number.POSITIVE_INFINITY;
    if (fault.kind === "refuse") book?.meet(fault);
  };
  const ends = (fault: Fault): void => {
    const node = fleet.node(fault.node);
    if (fault.kind === "refuse") node.closedUntil = 0;
    if (fault.kind === "disk-full") node.machine.disk.full = false;
    if (fault.kind === "api-down" && node.machine.controlPlane !== undefined) node.machine.controlPlane.downUntil = 0;
  };
  const lockText = (): string | undefined => fleet.node(first).machine.files.readIfThere(lockFile);

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
      const [any] = fleet.nodes;
      if (any !== undefined) Object.assign(any.options.faults, { strike });
    },
    begin: ({ faults }) => {
      book = openFaultBook(faults, { begins, ends });
    },
    stepBegan: (node, step) => book?.stepBegins(node, step),
    felt: () => book?.met() ?? [],
    lift: () => {
      book?.close();
      book = undefined;
      cut = false;
      for (const node of fleet.nodes) node.closedUntil = 0;
    },
    cutOff: () => {
      cut = true;
      for (const node of fleet.nodes) close(node);
    },
    connections: () => 0,
    lockHolder: () => lockText()?.split("\n")[1],
    orphanLock: (where) => {
      const [token = "", owner = "{}", ...rest] = lockText()?.split("\n") ?? [];
      const gone = where === "here" ? { pid: 4_194_305 } : { host: "elsewhere" };
      const text = [token, JSON.stringify({ ...JSON.parse(owner), ...gone }), ...rest].join("\n");
      fleet.node(first).machine.files.write(lockFile, text);
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
function effectOn(node: FleetNode, { kind, lasts, mark }: Fault): Effect | "felt" | undefined {
  const progress = "half";
  switch (kind) {
    case "refuse":
    case "reset":
      return { kind: "cut", progress };
    case "silent":
      return { kind: "hang", progress };
    case "fail":
      return { kind: "fail", exitCode: 97, stderr: `${mark}: this went wrong\n` };
    case "slow":
      return { kind: "slow", milliseconds: 2000 };
    case "disk-full":
      return "felt";
    case "reboot":
      return { kind: "reboot", progress, milliseconds: typeof lasts === "number" ? lasts : 60_000 };
    case "login-refused":
    case "host-key":
      return { kind: "cut-for", progress, milliseconds: 600_000 };
    case "garbage":
      return { kind: "fail", exitCode: 0, stderr: `\u001b]0;${mark}\u0007\u0000\u00ff\n` };
    case "api-down":
      return node.machine.controlPlane === undefined ? undefined : undefined;
  }
}
