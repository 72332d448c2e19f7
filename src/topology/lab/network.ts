import { writeFile } from "node:fs/promises";
import { runLocal } from "../../engine/local-command.ts";
import { freeSubnet, gatewayAddress, hardwareAddress } from "./addresses.ts";
import { cablesOf, defaultGateway, type NodeNetwork } from "./cables.ts";
import {
  bridgeName,
  innerBridgeName,
  innerPortName,
  linkAlias,
  namespaceName,
  octetOf,
  portName,
  prefix,
} from "./names.ts";

/** Priority of the rule that keeps the nodes from reaching anything beyond this machine. */
const rulePriority = 10_078;

interface Link {
  readonly ifname: string;
  readonly ifalias?: string;
}

/** What `ip -j link` says about the links of a lab, found by their alias. */
async function linksOf(lab: string, signal: AbortSignal): Promise<string[]> {
  const { stdout } = await runLocal("ip", ["-j", "link", "show"], { signal });
  const links = JSON.parse(stdout) as Link[];
  return links.filter(({ ifalias }) => ifalias === linkAlias(lab)).map(({ ifname }) => ifname);
}

/** A subnet number no address or route of this machine, nor any recorded lab, stands in the way of. */
export async function chooseSubnet(recorded: ReadonlySet<number>, signal: AbortSignal): Promise<number | undefined> {
  const list = async (...args: string[]) => JSON.parse((await runLocal("ip", ["-j", ...args], { signal })).stdout);
  const routes = (await list("route", "show", "table", "all")) as { dst: string }[];
  return freeSubnet(
    routes.map(({ dst }) => dst),
    recorded,
  );
}

/**
 * Makes the bridges the nodes are plugged into, unless they are there. A rule answers whatever leads beyond this machine
 * with "unreachable", so that nothing in a node waits for a timeout; only a bridge that forwards sends such answers.
 */
export async function ensureBridges(
  { lab, subnet, inner }: { lab: string; subnet: number; inner: boolean },
  signal: AbortSignal,
): Promise<void> {
  const present = new Set(await linksOf(lab, signal));
  const bridge = bridgeName(subnet);
  if (!present.has(bridge)) {
    await batch(
      [
        `link add ${bridge} type bridge`,
        `link set ${bridge} address ${hardwareAddress(subnet, "outer", 1)} alias "${linkAlias(lab)}"`,
        `address add ${gatewayAddress(subnet)}/24 dev ${bridge}`,
        `link set ${bridge} up`,
      ],
      signal,
    );
  }
  if (inner && !present.has(innerBridgeName(subnet))) {
    const name = innerBridgeName(subnet);
    await batch(
      [`link add ${name} type bridge`, `link set ${name} alias "${linkAlias(lab)}"`, `link set ${name} up`],
      signal,
    );
  }
  await removeRules(subnet, signal);
  await runLocal("ip", ["rule", "add", "pref", String(rulePriority), "iif", bridge, "unreachable"], { signal });
  await writeFile(`/proc/sys/net/ipv4/conf/${bridge}/forwarding`, "1");
}

/** Makes the node's network namespace with its cable or cables; leftovers of an earlier one go first. */
export async function connectNode(network: NodeNetwork, signal: AbortSignal): Promise<void> {
  const { lab, node } = network;
  await disconnectNode(network, signal);
  const namespace = namespaceName(lab, node);
  const cables = cablesOf(network);
  await batch(
    [
      `netns add ${namespace}`,
      ...cables.flatMap(({ port, bridge, device, hardware }) => [
        `link add ${port} type veth peer name ${device} address ${hardware} netns ${namespace}`,
        `link set ${port} alias "${linkAlias(lab)}" master ${bridge} up`,
      ]),
    ],
    signal,
  );
  await batch(
    [
      "link set lo up",
      ...cables.flatMap(({ device, address }) => [`address add ${address}/24 dev ${device}`, `link set ${device} up`]),
      `route add default via ${defaultGateway(network)}`,
    ],
    signal,
    namespace,
  );
}

/** The host ends go first, because that takes effect at once; the namespace may live on in a process. */
export async function disconnectNode({ lab, subnet, node }: NodeNetwork, signal: AbortSignal): Promise<void> {
  const octet = octetOf(node);
  const present = new Set(await linksOf(lab, signal));
  const ports = [portName(subnet, octet), innerPortName(subnet, octet)].filter((port) => present.has(port));
  await batch(
    ports.map((port) => `link delete ${port}`),
    signal,
  );
  const namespace = namespaceName(lab, node);
  if ((await namespaces(signal)).includes(namespace)) await runLocal("ip", ["netns", "delete", namespace], { signal });
}

/** Pulls (`false`) or plugs in the node's cables. */
export async function setCables(up: boolean, network: NodeNetwork, signal: AbortSignal): Promise<void> {
  await batch(
    cablesOf(network).map(({ port }) => `link set ${port} ${up ? "up" : "down"}`),
    signal,
  );
}

/** Takes away every interface, namespace and rule of the lab, found in the kernel and not by any record. */
export async function removeNetwork(lab: string, signal: AbortSignal): Promise<void> {
  const links = await linksOf(lab, signal);
  for (const link of links) {
    const subnet = /^kilab(\d+)$/.exec(link)?.[1];
    if (subnet !== undefined) await removeRules(Number(subnet), signal);
  }
  const bridgesLast = links.toSorted((one, other) => Number(isBridge(one)) - Number(isBridge(other)));
  await batch(
    bridgesLast.map((link) => `link delete ${link}`),
    signal,
  );
  const leftover = (await namespaces(signal)).filter((name) => name.startsWith(`${prefix}.${lab}.`));
  await batch(
    leftover.map((name) => `netns delete ${name}`),
    signal,
  );
}

export async function namespaces(signal: AbortSignal): Promise<string[]> {
  const { stdout } = await runLocal("ip", ["netns", "list"], { signal });
  return stdout.split("\n").flatMap((line) => line.split(" ")[0] || []);
}

async function removeRules(subnet: number, signal: AbortSignal): Promise<void> {
  const { stdout } = await runLocal("ip", ["-j", "rule", "show", "pref", String(rulePriority)], { signal });
  const rules = JSON.parse(stdout === "" ? "[]" : stdout) as { iif?: string }[];
  for (const { iif } of rules) {
    if (iif !== bridgeName(subnet)) continue;
    await runLocal("ip", ["rule", "delete", "pref", String(rulePriority), "iif", iif], { signal });
  }
}

function isBridge(link: string): boolean {
  return /^kilab\d+i?$/.test(link);
}

/** Runs many commands of `ip` in one process. */
async function batch(lines: readonly string[], signal: AbortSignal, namespace?: string): Promise<void> {
  if (lines.length === 0) return;
  const where = namespace === undefined ? [] : ["-n", namespace];
  await runLocal("ip", [...where, "-batch", "-"], { signal, stdin: `${lines.join("\n")}\n` });
}
