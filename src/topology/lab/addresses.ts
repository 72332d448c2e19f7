import { octetOf } from "./names.ts";

/** How many labs can exist at once; the last subnet is the package proxy's. */
export const subnets = 255;

/** Where the package proxy listens, for all labs of this machine. */
export const proxyAddress = "10.78.255.1";
/** Not apt-cacher-ng's usual 3142, where Debian's own service may listen on every address. */
export const proxyPort = 3143;

/** The part of a node's address that all nodes of the lab share, e.g. `10.78.0`. */
export function subnetPrefix(subnet: number): string {
  return `10.78.${subnet}`;
}

/** The same for the nodes behind the jump node. */
export function innerSubnetPrefix(subnet: number): string {
  return `10.79.${subnet}`;
}

export function gatewayAddress(subnet: number): string {
  return `${subnetPrefix(subnet)}.1`;
}

/** The address of a node; behind the jump node it is one of the inner network. */
export function nodeAddress(subnet: number, node: string, behindJump: boolean): string {
  return `${behindJump ? innerSubnetPrefix(subnet) : subnetPrefix(subnet)}.${octetOf(node)}`;
}

/** A hardware address that stays the same over restarts, so that no neighbour keeps a stale one. */
export function hardwareAddress(subnet: number, network: "outer" | "inner", octet: number): string {
  const bytes = [0x02, 0x78, network === "outer" ? 0 : 1, 0, subnet, octet];
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(":");
}

/**
 * The lowest free subnet number. Routes wider than /16 are no obstacle, because the lab's own one is more specific.
 * @param taken addresses and ranges in use on this machine, e.g. `10.78.0.0/24`, `10.78.1.1`
 * @param recorded numbers of labs that exist though they may be down
 */
export function freeSubnet(taken: readonly string[], recorded: ReadonlySet<number>): number | undefined {
  const ranges = taken.map(parseRange).filter((range) => range !== undefined && size(range) <= 2 ** 16);
  for (let subnet = 0; subnet < subnets; subnet += 1) {
    const wanted = [`${subnetPrefix(subnet)}.0/24`, `${innerSubnetPrefix(subnet)}.0/24`].map(parseRange);
    const overlaps = wanted.some(
      (range) => range !== undefined && ranges.some((other) => other !== undefined && overlap(range, other)),
    );
    if (!overlaps && !recorded.has(subnet)) return subnet;
  }
  return undefined;
}

interface Range {
  readonly first: number;
  readonly last: number;
}

function parseRange(text: string): Range | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)(?:\/(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = match.slice(1, 5).map(Number);
  const length = match[5] === undefined ? 32 : Number(match[5]);
  const count = 2 ** (32 - length);
  const address = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  const first = Math.floor(address / count) * count;
  return { first, last: first + count - 1 };
}

function size({ first, last }: Range): number {
  return last - first + 1;
}

function overlap(one: Range, other: Range): boolean {
  return one.first <= other.last && other.first <= one.last;
}
