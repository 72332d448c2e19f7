import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runLocal } from "../../../engine/local-command.ts";
import { seconds, until } from "../../../engine/time.ts";
import { type Cable, cablesOf, type NodeNetwork } from "../cables.ts";
import { isPopulated, removeGroups } from "../cgroups.ts";
import { nodeFolder } from "../inventory.ts";
import { makeHandle } from "../make-groups.ts";
import { linkAlias, namespaceName } from "../names.ts";
import { startInGroups } from "../start-in-groups.ts";
import { frameForwarder } from "./frame-forwarder.ts";

/** What a node's cables do to every frame, each way. */
export interface LinkQuality {
  readonly delayMs: number;
  readonly lossPercent: number;
}

const perfect: LinkQuality = { delayMs: 0, lossPercent: 0 };

/** Debian's own, whatever else the operator has in PATH. */
const python = "/usr/bin/python3";

/** Changes what a running node's cables do; what is not named stays. */
export async function changeLinkQuality(
  change: Partial<LinkQuality>,
  network: NodeNetwork,
  signal: AbortSignal,
): Promise<void> {
  const wanted = { ...(await linkQuality(network)), ...change };
  await writeFile(recordOf(network), JSON.stringify(wanted));
  const cables = cablesOf(network);
  if (await shapeInKernel(wanted, network, cables, signal)) return;
  await Promise.all(cables.map((cable) => forward(wanted, network, cable, signal)));
}

/** What was last wanted of the node's cables; a node that is powered on begins with perfect ones. */
export async function linkQuality(network: NodeNetwork): Promise<LinkQuality> {
  const text = await readFile(recordOf(network), "utf8").catch(() => undefined);
  return text === undefined ? perfect : (JSON.parse(text) as LinkQuality);
}

/** Ends what is done to the node's cables, which are about to be pulled for good. */
export async function forgetLinkQuality(network: NodeNetwork, signal: AbortSignal): Promise<void> {
  await Promise.all(cablesOf(network).map((cable) => removeGroups(signal, ...forwarderGroup(network, cable))));
  await rm(recordOf(network), { force: true });
}

function forwarderGroup({ lab, node }: NodeNetwork, { tap }: Cable): readonly [string, string] {
  return [lab, `${node}.${tap}`];
}

function recordOf({ lab, node }: NodeNetwork): string {
  return join(nodeFolder(lab, node), "link.json");
}

/**
 * Lets the kernel do it where it has netem.
 * @see https://man7.org/linux/man-pages/man8/tc-netem.8.html
 */
async function shapeInKernel(
  { delayMs, lossPercent }: LinkQuality,
  { lab, node }: NodeNetwork,
  cables: readonly Cable[],
  signal: AbortSignal,
): Promise<boolean> {
  const netem = ["netem", "delay", `${delayMs}ms`, "loss", `${lossPercent}%`, "limit", "10000"];
  for (const { port, device } of cables) {
    for (const end of [
      ["dev", port],
      ["-n", namespaceName(lab, node), "dev", device],
    ]) {
      const where = end[0] === "-n" ? end.slice(0, 2) : [];
      const rest = ["qdisc", "replace", ...end.slice(where.length), "root", ...netem];
      const { exitCode, stderr } = await runLocal("tc", [...where, ...rest], { signal, allow: [1, 2] });
      if (exitCode !== 0 && /unknown/i.test(stderr)) return false;
    }
  }
  return true;
}

/** Puts the frame forwarder into the cable, or takes it out when there is nothing for it to do. */
async function forward(
  { delayMs, lossPercent }: LinkQuality,
  network: NodeNetwork,
  cable: Cable,
  signal: AbortSignal,
): Promise<void> {
  const { lab, node } = network;
  const { port, bridge, tap } = cable;
  const group = forwarderGroup(network, cable);
  await removeGroups(signal, ...group);
  if (delayMs === 0 && lossPercent === 0) {
    await runLocal("ip", ["link", "set", port, "master", bridge], { signal });
    return;
  }
  await ignoreAddressQuestions(port);
  const log = join(nodeFolder(lab, node), `${tap}.log`);
  const program = [python, "-c", frameForwarder, port, tap, String(delayMs), String(lossPercent)] as const;
  await startInGroups([await makeHandle(...group)], program, { log });
  await until(
    `the frame forwarder of ${node}`,
    async () => {
      if (!(await isPopulated(...group))) return { done: false, saw: `it ended; see ${log}` };
      const { exitCode } = await runLocal("ip", ["link", "show", tap], { signal, allow: [1] });
      return exitCode === 0 ? { done: true, value: true } : { done: false, saw: `no interface ${tap}; see ${log}` };
    },
    { signal, deadline: seconds(10), interval: 50 },
  );
  const steps = [`link set ${port} nomaster`, `link set ${tap} alias "${linkAlias(lab)}" master ${bridge} up`];
  await runLocal("ip", ["-batch", "-"], { signal, stdin: `${steps.join("\n")}\n` });
}

/** Off the bridge, this machine would answer on the port for its own addresses, past the forwarder. */
async function ignoreAddressQuestions(port: string): Promise<void> {
  await writeFile(`/proc/sys/net/ipv4/conf/${port}/arp_ignore`, "8");
  await writeFile(`/proc/sys/net/ipv6/conf/${port}/disable_ipv6`, "1");
}
