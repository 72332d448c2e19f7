import type { Facts, Route } from "../../facts/facts.ts";
import { contains, parseIPv4, parseRange } from "../../preset/cidr.ts";

/** The route the kernel would take to an address: the one with the longest prefix; undefined when there is none. */
export function routeTo({ routes }: Facts, address: string): Route | undefined {
  const number = parseIPv4(address);
  if (number === undefined) return undefined;
  return routes
    .flatMap((route) => {
      const range = parseRange(route.destination);
      return range !== undefined && contains(range, number) ? [{ route, prefix: range.prefix }] : [];
    })
    .sort((left, right) => right.prefix - left.prefix)[0]?.route;
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
