import { join } from "node:path";
import { InstallerError } from "../../engine/errors.ts";
import { makePrivateFolder, stateFolder } from "../../engine/state-folder.ts";
import { subnets } from "./addresses.ts";
import { ensureBaseImage, requireBaseImage } from "./base-image.ts";
import { anyGroups, removeGroups } from "./cgroups.ts";
import { ensureCredentials } from "./credentials.ts";
import { unmountLab } from "./disk.ts";
import { hostApt } from "./host-apt.ts";
import {
  type Inventory,
  type LabNode,
  labFolder,
  readInventory,
  recordedLabs,
  removeLabFolder,
  type Variant,
  writeInventory,
} from "./inventory.ts";
import { exclusively } from "./kubernetes/exclusive.ts";
import { checkLabName, checkLabSize, nodeNames } from "./names.ts";
import { chooseSubnet, ensureBridges, removeNetwork } from "./network.ts";
import { addressOf, type NodeMaterial, prepareHostKey, startNode } from "./node.ts";
import { ensurePackageProxy, stopUnusedPackageProxy } from "./package-proxy.ts";
import type { LabWork } from "./progress.ts";
import { requireLabHost, requireRoot } from "./requirements.ts";

export interface LabWish {
  readonly name: string;
  readonly controlPlanes: number;
  readonly workers: number;
  /** `root` for a new lab unless told; a lab that is there keeps its own. */
  readonly variant?: Variant;
  /** Whether missing Debian packages may be installed on this machine. */
  readonly installPackages: boolean;
}

/** Held while a subnet is chosen, by all labs of this machine. */
const subnetLock = "/run/lock/kube-installer-subnet.lock";

/**
 * Makes the lab, or whatever of it is missing or not running; nodes it has beyond the wish stay as they are.
 * @throws InstallerError `preflight-failed` when this machine cannot carry it, `usage` when it exists with another login
 */
export async function upLab(wish: LabWish, work: LabWork): Promise<Inventory> {
  const { name } = wish;
  checkLabName(name);
  checkLabSize(wish);
  await requireLabHost({ ...work, installPackages: wish.installPackages });
  return lockedLab(name, work, async () => {
    const inventory = await ensureInventory(wish, work);
    const material = await gather(inventory, work);
    work.progress(`start ${inventory.nodes.map((node) => node.name).join(", ")}`);
    await allOrFirstFailure(inventory.nodes.map((node) => startNode(material, node, work)));
    return inventory;
  });
}

/** What the nodes of an existing lab are started from, its network and package proxy running. */
export async function gather(inventory: Inventory, work: LabWork): Promise<NodeMaterial> {
  const { name, subnet, variant } = inventory;
  await requireBaseImage(inventory);
  const [apt, credentials] = await Promise.all([
    hostApt(work.signal),
    ensureCredentials(name, variant, work.signal),
    ensureBridges({ lab: name, subnet, inner: variant === "jump" }, work.signal),
  ]);
  await ensurePackageProxy(apt, work);
  return { inventory, apt, ...credentials };
}

/** Takes the lab away with everything it has in the kernel and on disk, also after a crash and without any record. */
export async function downLab(name: string, work: LabWork): Promise<void> {
  requireRoot();
  checkLabName(name);
  await lockedLab(name, work, async () => {
    await removeGroups(work.signal, name);
    await removeNetwork(name, work.signal);
    await unmountLab(name, work.signal);
    await removeLabFolder(name);
    await stopUnusedPackageProxy(anyGroups, work);
  });
}

/**
 * The lab of that name.
 * @throws InstallerError `usage` when there is none
 */
export async function requireLab(name: string): Promise<Inventory> {
  const inventory = await readInventory(name);
  if (inventory !== undefined) return inventory;
  const others = (await recordedLabs()).filter((other) => other !== name);
  throw new InstallerError("usage", {
    message: `There is no lab called "${name}".`,
    nextSteps: [
      ...(others.length === 0
        ? []
        : [`name one of those there are: ${others.map((o) => `\`--name ${o}\``).join(", ")}`]),
      `make it: \`kube-installer lab up --name ${name}\``,
    ],
  });
}

/** Does `act` while no other process changes the lab. */
export async function lockedLab<T>(name: string, work: LabWork, act: () => Promise<T>): Promise<T> {
  const lock = join(stateFolder(), "labs", `.${name}.lock`);
  return exclusively(lock, { ...work, purpose: `changing the lab ${name}` }, act);
}

async function ensureInventory(wish: LabWish, work: LabWork): Promise<Inventory> {
  const { name } = wish;
  const present = await readInventory(name);
  const variant = wish.variant ?? present?.variant ?? "root";
  if (present !== undefined && present.variant !== variant) {
    throw new InstallerError("usage", {
      message: `The lab ${name} exists with the login "${present.variant}", not "${variant}".`,
      nextSteps: [
        `take it away first: \`kube-installer lab down --name ${name}\``,
        "choose another name with `--name`",
      ],
    });
  }
  const base = present?.base ?? (await ensureBaseImage(work));
  await makePrivateFolder(labFolder(name));
  const purpose = "choosing a network";
  return exclusively(subnetLock, { ...work, purpose }, async () => {
    const subnet = present?.subnet ?? (await claimSubnet(name, work.signal));
    const names = [...(variant === "jump" ? ["jump"] : []), ...nodeNames(wish.controlPlanes, wish.workers)];
    const known = new Map((present?.nodes ?? []).map((node) => [node.name, node]));
    const wanted = await Promise.all(
      names.map(async (node) => known.get(node) ?? (await newNode({ name, subnet, variant, base }, node, work.signal))),
    );
    const extra = [...known.values()].filter((node) => !names.includes(node.name));
    const inventory = { name, subnet, variant, base, nodes: [...wanted, ...extra] };
    await writeInventory(inventory);
    await ensureBridges({ lab: name, subnet, inner: variant === "jump" }, work.signal);
    return inventory;
  });
}

async function newNode(lab: Omit<Inventory, "nodes">, name: string, signal: AbortSignal): Promise<LabNode> {
  const role = name === "jump" ? "jump" : name.startsWith("cp-") ? "control-plane" : "worker";
  return { name, role, address: addressOf(lab, name), fingerprint: await prepareHostKey(lab.name, name, signal) };
}

async function claimSubnet(name: string, signal: AbortSignal): Promise<number> {
  const others = (await recordedLabs()).filter((other) => other !== name);
  const inventories = await Promise.all(others.map(readInventory));
  const recorded = new Set(inventories.flatMap((inventory) => inventory?.subnet ?? []));
  const subnet = await chooseSubnet(recorded, signal);
  if (subnet !== undefined) return subnet;
  throw new InstallerError("preflight-failed", {
    message: `All ${subnets} networks of the lab (10.78.0.0/24 to 10.78.${subnets - 1}.0/24) are taken on this machine.`,
    nextSteps: [
      "take away labs that are not needed: `kube-installer lab status`, `kube-installer lab down --name NAME`",
    ],
  });
}

/** Waits for all, so that nothing goes on behind the caller's back, then throws the first failure. */
async function allOrFirstFailure(attempts: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(attempts);
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}
