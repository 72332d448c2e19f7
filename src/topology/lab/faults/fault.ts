import { InstallerError } from "../../../engine/errors.ts";
import { setFrozen } from "../cgroups.ts";
import { requireNode } from "../exec.ts";
import type { Inventory, LabNode } from "../inventory.ts";
import { gather, lockedLab } from "../lab.ts";
import { setCables } from "../network.ts";
import { networkOf, startNode, stopNode } from "../node.ts";
import { isRunning } from "../nspawn.ts";
import type { LabWork } from "../progress.ts";
import { fillDisk, freeDisk } from "./disk-space.ts";
import { changeLinkQuality } from "./link-quality.ts";

interface Fault {
  /** What it does, for the help. */
  readonly help: string;
  /** The number it needs: its name and largest value. */
  readonly value?: readonly [name: string, largest: number];
  /** It can also be done to a node that is off. */
  readonly alsoOff?: true;
  apply(target: Target): Promise<void>;
}

interface Target {
  readonly inventory: Inventory;
  readonly node: LabNode;
  readonly value: number;
  readonly work: LabWork;
}

/** Everything that can be done to a node, by the name it has on the command line. */
const faults = {
  "power-off": { help: "cut its power", alsoOff: true, apply: (target) => powerOff(target, false) },
  "power-on": { help: "start it and wait until one can log in", alsoOff: true, apply: powerOn },
  reboot: {
    help: "shut it down cleanly and start it again",
    alsoOff: true,
    apply: async (target) => {
      await powerOff(target, true);
      await powerOn(target);
    },
  },
  "link-down": { help: "pull its network cable", apply: (target) => cables(target, false) },
  "link-up": { help: "plug the cable in again", apply: (target) => cables(target, true) },
  freeze: {
    help: "stop all it does, without it noticing",
    apply: ({ inventory, node }) => frozen(inventory, node, true),
  },
  thaw: { help: "let it go on", apply: ({ inventory, node }) => frozen(inventory, node, false) },
  loss: {
    help: "lose PERCENT of all frames, each way; 0 ends it",
    value: ["PERCENT", 100],
    apply: ({ inventory, node, value, work }) =>
      changeLinkQuality({ lossPercent: value }, networkOf(inventory, node), work.signal),
  },
  delay: {
    help: "hold every frame for MS milliseconds, each way; 0 ends it",
    value: ["MS", 60_000],
    apply: ({ inventory, node, value, work }) =>
      changeLinkQuality({ delayMs: value }, networkOf(inventory, node), work.signal),
  },
  "disk-full": {
    help: "take all free space of its disk",
    apply: ({ inventory, node, work }) => fillDisk(inventory.name, node.name, work.signal),
  },
  "disk-free": { help: "give the space back", apply: ({ inventory, node }) => freeDisk(inventory.name, node.name) },
} as const satisfies Readonly<Record<string, Fault>>;

/**
 * Does to a node what its kind says; doing it twice is the same as once.
 * @param value the number behind the kind, as text; only `loss` and `delay` have one
 * @throws InstallerError `usage` for a wrong node, kind or value, `unreachable` when the node is off
 */
export async function applyFault(
  inventory: Inventory,
  name: string,
  { kind, value: text }: { readonly kind: string; readonly value?: string | undefined },
  work: LabWork,
): Promise<void> {
  const node = requireNode(inventory, name);
  const { fault, value } = parseFault(kind, text);
  await lockedLab(inventory.name, work, async () => {
    if (fault.alsoOff !== true && !(await isRunning(inventory.name, name))) {
      throw new InstallerError("unreachable", {
        message: `${name} does not run, so "${kind}" would have no effect.`,
        node: name,
        nextSteps: [`\`kube-installer lab fault ${name} power-on --name ${inventory.name}\``],
      });
    }
    await fault.apply({ inventory, node, value, work });
  });
}

/**
 * What is to be done, and the number behind it; 0 for a kind without one.
 * @throws InstallerError `usage` for an unknown kind, or a value that is missing, wrong or too much
 */
export function parseFault(kind: string, text: string | undefined): { readonly fault: Fault; readonly value: number } {
  const fault = requireFault(kind);
  if (fault.value === undefined) {
    if (text === undefined) return { fault, value: 0 };
    throw new InstallerError("usage", { message: `"${kind}" takes no value, but "${text}" was given.` });
  }
  const [name, largest] = fault.value;
  if (text !== undefined && /^\d+(?:\.\d+)?$/.test(text) && Number(text) <= largest)
    return { fault, value: Number(text) };
  throw new InstallerError("usage", {
    message: `"${kind}" needs ${name}, a number from 0 to ${largest}${text === undefined ? "" : `, not "${text}"`}.`,
    nextSteps: [`for example \`kube-installer lab fault w-1 ${kind} 10\``],
  });
}

function requireFault(kind: string): Fault {
  const found = Object.entries<Fault>(faults).find(([name]) => name === kind);
  if (found !== undefined) return found[1];
  throw new InstallerError("usage", {
    message: `"${kind}" is nothing that can be done to a node.`,
    nextSteps: [`use one of ${Object.keys(faults).join(", ")}`],
  });
}

async function powerOff({ inventory, node, work }: Target, clean: boolean): Promise<void> {
  await stopNode(inventory, node, { ...work, clean });
}

async function powerOn({ inventory, node, work }: Target): Promise<void> {
  const material = await gather(inventory, work);
  await startNode(material, node, work);
}

async function cables({ inventory, node, work }: Target, up: boolean): Promise<void> {
  await setCables(up, networkOf(inventory, node), work.signal);
}

async function frozen(inventory: Inventory, node: LabNode, value: boolean): Promise<void> {
  await setFrozen(value, inventory.name, node.name);
}
