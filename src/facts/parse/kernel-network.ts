import type { Facts, Route } from "../facts.ts";
import { linesOf, rowsOf } from "./text.ts";

/** Reads /proc/net/route: addresses and masks are hexadecimal in the machine's (little) byte order. */
export function parseKernelRoutes(text: string): readonly Route[] {
  return rowsOf(text)
    .slice(1)
    .map(([name = "", destination = "", gateway = "", , , , , mask = ""]) => {
      const via = littleEndianAddress(gateway);
      return {
        destination: `${littleEndianAddress(destination)}/${ones(mask)}`,
        ...(via === "0.0.0.0" ? {} : { via }),
        interface: name,
      };
    });
}

/**
 * Reads /proc/net/fib_trie and /proc/net/if_inet6. The first names neither interface nor prefix length; both come from
 * the connected route that covers the address.
 */
export function parseKernelAddresses(text: string, routes: readonly Route[]): Facts["addresses"] {
  const [trie = "", six = ""] = text.split("\n\n");
  const local = new Set([...trie.matchAll(/\|-- ([\d.]+)\s+\/32 host LOCAL/g)].map((match) => match[1] ?? ""));
  const four = [...local].map((address) => {
    const connected = routes.find((route) => route.via === undefined && covers(route.destination, address));
    if (connected === undefined)
      return {
        interface: address.startsWith("127.") ? "lo" : "",
        address,
        prefix: address.startsWith("127.") ? 8 : 32,
      };
    return { interface: connected.interface ?? "", address, prefix: Number(connected.destination.split("/")[1]) };
  });
  return [...four, ...linesOf(six).flatMap(parseIfInet6)];
}

function parseIfInet6(line: string): Facts["addresses"] {
  const [hex = "", , prefix = "", , , name = ""] = line.split(/\s+/);
  if (!/^[\da-f]{32}$/i.test(hex)) return [];
  const groups = hex.match(/.{4}/g) ?? [];
  return [{ interface: name, address: compressed(groups), prefix: Number.parseInt(prefix, 16) }];
}

function compressed(groups: readonly string[]): string {
  return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
}

/** Reads the files of /sys/class/net. */
export function parseKernelInterfaces(text: string): Facts["interfaces"] {
  const found = new Map<string, { name: string; mac: string; mtu: number }>();
  for (const line of linesOf(text)) {
    const [, name = "", what, value = ""] = /^\/sys\/class\/net\/([^/]+)\/(mtu|address):(.*)$/.exec(line) ?? [];
    const entry = found.get(name) ?? { name, mac: "", mtu: 0 };
    if (what === "mtu") entry.mtu = Number(value);
    if (what === "address") entry.mac = value;
    if (name !== "") found.set(name, entry);
  }
  return [...found.values()];
}

/** `0100A8C0` → `192.168.0.1`. */
export function littleEndianAddress(hex: string): string {
  return (hex.match(/../g) ?? [])
    .map((byte) => Number.parseInt(byte, 16))
    .reverse()
    .join(".");
}

function ones(hex: string): number {
  return Number.parseInt(hex, 16).toString(2).replaceAll("0", "").length;
}

function covers(cidr: string, address: string): boolean {
  const [, network = "", length = "0"] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(cidr) ?? [];
  const shift = 32 - Number(length);
  return length !== "0" && numberOf(network) >> BigInt(shift) === numberOf(address) >> BigInt(shift);
}

function numberOf(address: string): bigint {
  return address.split(".").reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}
