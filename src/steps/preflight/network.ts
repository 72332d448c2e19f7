import type { Facts, Route } from "../../facts/facts.ts";
import { contains, parseRange } from "../../preset/cidr.ts";

/**
 * Gives the route the kernel would take to an address, a number: the one with the longest prefix; undefined when there
 * is none. The routes are read once, since each node is asked about every other.
 */
export function routesBy({ routes }: Facts): (address: number) => Route | undefined {
  const ranges = routes
    .flatMap((route) => {
      const range = parseRange(route.destination);
      return range === undefined ? [] : [{ route, range }];
    })
    .sort((left, right) => right.range.prefix - left.range.prefix);
  return (address) => ranges.find(({ range }) => contains(range, address))?.route;
}

/** The interface that carries an address of the node. */
export function interfaceOf(
  { addresses, interfaces }: Facts,
  address: string,
): Facts["interfaces"][number] | undefined {
  const name = addresses.find((entry) => entry.address === address)?.interface;
  return interfaces.find((entry) => entry.name === name);
}

/** Interfaces that network plugins, kube-proxy and container engines make. */
export function isPodInterface(name: string): boolean {
  return /^(?:cni\d|cbr\d|kbr\d|obr\d|flannel|cali|vxlan|tunl\d|veth|cilium|lxc|kube-|nodelocaldns|wireguard)/.test(
    name,
  );
}
