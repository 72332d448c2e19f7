import type { Route } from "../../facts/facts.ts";
import { contains, parseIPv4, parseRange } from "../../preset/cidr.ts";

/** Addresses as numbers: every node is asked about the same ones. */
const numbers = new Map<string, number | undefined>();

function numberOf(address: string): number | undefined {
  const known = numbers.get(address);
  if (known !== undefined) return known;
  const number = parseIPv4(address);
  numbers.set(address, number);
  return number;
}

/**
 * Tells of an IPv4 address whether the most specific of a node's routes leads straight to it, without a router in
 * between.
 */
export function onLinkBy(routes: readonly Route[]): (address: string) => boolean {
  const ranges = routes.flatMap(({ destination, via, interface: device }) => {
    const range = parseRange(destination);
    return range === undefined ? [] : [{ range, straight: via === undefined && device !== undefined }];
  });
  return (address) => {
    const target = numberOf(address);
    if (target === undefined) return false;
    let best = { prefix: -1, straight: false };
    for (const { range, straight } of ranges) {
      if (range.prefix < best.prefix || !contains(range, target)) continue;
      best = { prefix: range.prefix, straight: straight && (range.prefix > best.prefix || best.straight) };
    }
    return best.straight;
  };
}
