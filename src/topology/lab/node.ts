import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { runLocal } from "../../engine/local-command.ts";
import type { Secret } from "../../engine/secret.ts";
import { gatewayAddress, innerSubnetPrefix, nodeAddress, proxyAddress, proxyPort } from "./addresses.ts";
import type { NodeNetwork } from "./cables.ts";
import { diskPath, mountDisk, rootPath, unmountBelow } from "./disk.ts";
import { forgetLinkQuality } from "./faults/link-quality.ts";
import type { HostApt } from "./host-apt.ts";
import { type Inventory, type LabNode, nodeFolder } from "./inventory.ts";
import { ensureKey, fingerprintOf } from "./keys.ts";
import { octetOf } from "./names.ts";
import { connectNode, disconnectNode } from "./network.ts";
import { identityFiles, loginSetup, type NodeFile, packageForwarding, sshPort, sudoUser } from "./node-files.ts";
import { boot, consoleLog, cutPower, isRunning, shutDown } from "./nspawn.ts";
import type { LabWork } from "./progress.ts";
import { waitForSsh } from "./ssh-ready.ts";

/** What every node of a lab is made from. */
export interface NodeMaterial {
  readonly inventory: Inventory;
  readonly apt: HostApt;
  /** Lines for authorized_keys. */
  readonly publicKey: { readonly nodes: string; readonly jump: string };
  /** What sudo asks for in the variant that has one. */
  readonly sudoPassword?: Secret;
}

/** Makes the node's host key, so that its fingerprint is known before it first boots. */
export async function prepareHostKey(lab: string, node: string, signal: AbortSignal): Promise<string> {
  await mkdir(nodeFolder(lab, node), { recursive: true });
  return fingerprintOf(await ensureKey(hostKeyFile(lab, node), `root@${node}`, signal));
}

function hostKeyFile(lab: string, node: string): string {
  return join(nodeFolder(lab, node), "ssh_host_ed25519_key");
}

/** Boots the node unless it runs, and waits until one can log in. What an earlier attempt left is taken away first. */
export async function startNode(material: NodeMaterial, node: LabNode, { signal, progress }: LabWork): Promise<void> {
  const { inventory } = material;
  const lab = inventory.name;
  if (!(await isRunning(lab, node.name))) {
    await releaseNode(inventory, node, signal);
    const disk = await mountDisk(lab, node.name, inventory.base, signal);
    await furnish(material, node, disk.root, signal);
    await connectNode(networkOf(inventory, node), signal);
    await boot(lab, node.name, disk);
  }
  const place = {
    lab,
    node: node.name,
    address: node.address,
    port: node.role === "jump" ? 22 : sshPort(inventory.variant),
    reachable: networkOf(inventory, node).place !== "behind-jump",
  };
  await waitForSsh(place, consoleLog(lab, node.name), signal);
  progress(`${node.name}: up at ${node.address}`);
}

/** Powers the node off, cleanly when `clean`, and takes away all it has in the kernel; its disk stays. */
export async function stopNode(
  inventory: Inventory,
  node: LabNode,
  { clean, signal, progress }: LabWork & { readonly clean: boolean },
): Promise<void> {
  if (clean) {
    try {
      await shutDown(inventory.name, node.name, signal);
    } catch (thrown) {
      signal.throwIfAborted();
      progress(`${node.name}: ${thrown instanceof Error ? thrown.message : String(thrown)}; cut its power`);
    }
  }
  await releaseNode(inventory, node, signal);
}

async function releaseNode(inventory: Inventory, node: LabNode, signal: AbortSignal): Promise<void> {
  const lab = inventory.name;
  await cutPower(lab, node.name, signal);
  await forgetLinkQuality(networkOf(inventory, node), signal);
  await disconnectNode(networkOf(inventory, node), signal);
  await unmountBelow(rootPath(lab, node.name), signal);
  await unmountBelow(diskPath(lab, node.name), signal);
}

export function networkOf({ name, subnet, variant }: Inventory, node: LabNode): NodeNetwork {
  const place = node.role === "jump" ? "jump" : variant === "jump" ? "behind-jump" : "outer";
  return { lab: name, subnet, node: node.name, place };
}

/** The address a node of the lab gets. */
export function addressOf({ subnet, variant }: Pick<Inventory, "subnet" | "variant">, node: string): string {
  return nodeAddress(subnet, node, variant === "jump" && node !== "jump");
}

/** Gives a new disk its identity and login, once: what is changed on a node stays over restarts. */
async function furnish(material: NodeMaterial, node: LabNode, root: string, signal: AbortSignal): Promise<void> {
  const { inventory, apt, publicKey, sudoPassword } = material;
  const lab = inventory.name;
  const done = join(diskPath(lab, node.name), "furnished");
  if ((await readFile(done, "utf8").catch(() => undefined)) !== undefined) return;
  const isJump = node.role === "jump";
  const behindJump = networkOf(inventory, node).place === "behind-jump";
  const jumpAddress = `${innerSubnetPrefix(inventory.subnet)}.${octetOf("jump")}`;
  const key = hostKeyFile(lab, node.name);
  const identity = identityFiles({
    name: node.name,
    machineId: randomBytes(16).toString("hex"),
    hostKey: { secret: await readFile(key, "utf8"), public: (await readFile(`${key}.pub`, "utf8")).trim() },
    resolver: behindJump ? jumpAddress : gatewayAddress(inventory.subnet),
    packageProxy: `http://${behindJump ? jumpAddress : proxyAddress}:${proxyPort}`,
    apt,
  });
  const login = loginSetup({
    variant: inventory.variant,
    publicKey: isJump ? publicKey.jump : publicKey.nodes,
    jump: isJump,
  });
  const forwarding = isJump ? packageForwarding({ address: proxyAddress }, jumpAddress) : [];
  for (const file of [...identity, ...login.files, ...forwarding]) await place(root, file);
  const stdin = sudoPassword === undefined ? "" : `${sudoUser}:${sudoPassword.reveal()}\n`;
  await runLocal("chroot", [root, "/bin/sh", "-euc", login.script], { signal, stdin });
  if (isJump) await runLocal("chroot", [root, "systemctl", "enable", "packages.socket"], { signal });
  await writeFile(done, "");
}

async function place(root: string, { path, content, mode = 0o644 }: NodeFile): Promise<void> {
  const target = join(root, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, content, { mode });
  await chmod(target, mode);
}
