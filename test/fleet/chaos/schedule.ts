import { type Random, seededRandom } from "./random.ts";

/** The ways a node goes wrong, in words for the table. */
export const faultKinds = {
  refuse: "new connections are refused",
  reset: "the connection breaks in mid-command",
  silent: "nothing reaches the node or comes from it",
  stuck: "a command does not end",
  fail: "a command fails",
  slow: "everything takes 50 times as long",
  "disk-full": "nothing can be written",
  reboot: "the node reboots",
  "login-refused": "the connection breaks, then every login is refused",
  "host-key": "the node comes back with another host key",
  garbage: "a command prints garbage and succeeds",
  "api-down": "the API does not answer",
} as const;
export type FaultKind = keyof typeof faultKinds;

/** When a fault begins: at the n-th command of its node, when a step begins there, or some milliseconds into the run. */
export type Moment = { readonly command: number } | { readonly step: string } | { readonly after: number };

export interface Fault {
  /** Unique in its schedule; commands that fail print it. */
  readonly mark: string;
  readonly kind: FaultKind;
  readonly node: string;
  readonly begins: Moment;
  /** Milliseconds; `once` for a single command or blow, `for-good` until the faults are lifted. */
  readonly lasts: number | "once" | "for-good";
}

/** What the operator, or whoever kills processes, does to the run. */
export interface Blow {
  /** Ctrl-C once, Ctrl-C twice with half a second between, `kill -9`, and `kill -9` with the next run on another machine. */
  readonly kind: "stop" | "abort" | "kill" | "kill-and-move";
  readonly after: number;
}

export interface Schedule {
  readonly seed: number;
  readonly index: number;
  /** How many nodes, counted from the first, are installed before the run that is struck; the others are as delivered. */
  readonly installed: number;
  readonly faults: readonly Fault[];
  readonly blow?: Blow;
}

export interface FleetShape {
  /** Names of the nodes, the first control plane first. */
  readonly nodes: readonly string[];
  /** Ids of the steps that run on every node. */
  readonly steps: readonly string[];
}

/** The schedule of a number: always the same one for the same seed, number and fleet. */
export function makeSchedule(seed: number, index: number, shape: FleetShape): Schedule {
  const random = seededRandom(seed, index);
  const installed = random.weighted({ none: 7, some: 2, all: 1 });
  const faults = makeFaults(random, shape, `chaos-${seed}-${index}`);
  const blow = random.chance(0.15) || faults.length === 0 ? makeBlow(random) : undefined;
  const counts = { none: 0, some: random.whole(1, shape.nodes.length), all: shape.nodes.length };
  return { seed, index, installed: counts[installed], faults, ...(blow === undefined ? {} : { blow }) };
}

function makeFaults(random: Random, shape: FleetShape, name: string): Fault[] {
  const extent = random.weighted({ none: 5, one: 40, few: 35, several: 12, storm: 8 });
  const kindOf = () =>
    random.weighted<FaultKind>({
      ...{ refuse: 8, reset: 14, silent: 8, stuck: 4, fail: 14, slow: 6, "disk-full": 8 },
      ...{ reboot: 10, "login-refused": 6, "host-key": 6, garbage: 8, "api-down": 10 },
    });
  const make = (number: number, kind: FaultKind): Fault => {
    const node = nodeOf(random, shape, kind);
    const mark = `${name}-${number}`;
    return { mark, kind, node, begins: momentOf(random, shape, kind), lasts: durationOf(random, kind) };
  };
  const [first = "", ...others] = shape.nodes;
  const most = { none: 0, one: 1, few: random.whole(2, 3), several: random.whole(4, 6), storm: 0 }[extent];
  if (extent !== "storm") return Array.from({ length: most }, (_, number) => make(number, kindOf()));
  const kind = kindOf();
  const share = random.pick([0.05, 0.1, 0.3]);
  const struck = others.length === 0 ? [first] : others.filter(() => random.chance(share));
  const pattern = make(0, kind);
  return struck.map((node, number) => ({
    ...pattern,
    node: kind === "api-down" ? first : node,
    mark: `${name}-${number}`,
  }));
}

function nodeOf(random: Random, { nodes: [first = "", ...others] }: FleetShape, kind: FaultKind): string {
  const [one, ...more] = others;
  if (kind === "api-down" || one === undefined || random.chance(0.12)) return first;
  return random.pick([one, ...more]);
}

function momentOf(random: Random, { steps }: FleetShape, kind: FaultKind): Moment {
  const [first, ...others] = steps;
  const way = random.weighted({ command: 4, step: kind === "api-down" ? 0 : 4, after: kind === "api-down" ? 6 : 2 });
  if (way === "command") return { command: random.magnitude(1, 60) };
  if (way === "step" && first !== undefined) return { step: random.pick([first, ...others]) };
  return { after: random.magnitude(1, 120_000) };
}

function durationOf(random: Random, kind: FaultKind): Fault["lasts"] {
  if (kind === "reset" || kind === "garbage" || kind === "stuck") return "once";
  if (kind === "reboot") return random.magnitude(5_000, 240_000);
  if (kind === "fail") return random.pick<"once" | "for-good">(["once", "once", "for-good"]);
  if (kind === "slow") return random.pick<60_000 | "for-good">([60_000, "for-good"]);
  return random.weighted({ while: 5, good: 5 }) === "good" ? "for-good" : random.magnitude(1_000, 120_000);
}

function makeBlow(random: Random): Blow {
  const kind = random.weighted({ stop: 1, abort: 1, kill: 1, "kill-and-move": 1 });
  return { kind, after: random.magnitude(10, 120_000) };
}

/** A schedule as lines to read. */
export function describeSchedule({ installed, faults, blow }: Schedule): readonly string[] {
  return [
    installed === 0 ? "at the start nothing is installed" : `at the start the first ${installed} nodes are installed`,
    ...faults.map(({ mark, kind, node, begins, lasts }) => {
      const moment =
        "command" in begins
          ? `at its command ${begins.command}`
          : "step" in begins
            ? `when ${begins.step} begins`
            : `after ${begins.after} ms`;
      return `${node} ${moment}: ${faultKinds[kind]} (${typeof lasts === "number" ? `for ${lasts} ms` : lasts}, ${mark})`;
    }),
    ...(blow === undefined ? [] : [`the run gets ${blow.kind} after ${blow.after} ms`]),
  ];
}
