import type { Answer } from "../ask.ts";
import type { Facts, Route } from "../facts.ts";
import { parseKernelAddresses, parseKernelInterfaces, parseKernelRoutes } from "./kernel-network.ts";
import { linesOf, rowsOf } from "./text.ts";

/** Addresses, interfaces and routes as `ip` tells them, or the kernel's own files where there is no `ip`. */
export function parseNetwork(
  answer: Answer,
): Pick<Facts, "addresses" | "interfaces" | "routes" | "hosts" | "nameServers"> {
  const hasIp = answer("addresses").trim() !== "";
  const routes = hasIp ? parseRoutes(answer("routes")) : parseKernelRoutes(answer("kernel-routes"));
  return {
    addresses: hasIp ? parseAddresses(answer("addresses")) : parseKernelAddresses(answer("kernel-addresses"), routes),
    interfaces: hasIp ? parseInterfaces(answer("interfaces")) : parseKernelInterfaces(answer("kernel-interfaces")),
    routes,
    hosts: rowsOf(answer("hosts").replaceAll(/#.*/g, "")).map(([address = "", ...names]) => ({ address, names })),
    nameServers: rowsOf(answer("resolver")).flatMap(([keyword, address]) =>
      keyword === "nameserver" && address !== undefined ? [address] : [],
    ),
  };
}

function parseAddresses(text: string): Facts["addresses"] {
  return rowsOf(text).flatMap(([, name = "", family, address = ""]) => {
    if (family !== "inet" && family !== "inet6") return [];
    const [ip = "", prefix] = address.split("/");
    return [{ interface: name, address: ip, prefix: Number(prefix ?? (family === "inet" ? 32 : 128)) }];
  });
}

function parseRoutes(text: string): readonly Route[] {
  return linesOf(text).flatMap((line) => {
    const words = line.split(/\s+/);
    const kinds = ["unreachable", "blackhole", "prohibit", "throw"];
    if (kinds.includes(words[0] ?? "")) return [];
    const after = (word: string) => (words.includes(word) ? words[words.indexOf(word) + 1] : undefined);
    const [via, device] = [after("via"), after("dev")];
    const six = line.includes(":");
    return [
      {
        destination: destinationOf(words[0] ?? "", six),
        ...(via === undefined ? {} : { via }),
        ...(device === undefined ? {} : { interface: device }),
      },
    ];
  });
}

function destinationOf(word: string, six: boolean): string {
  if (word === "default") return six ? "::/0" : "0.0.0.0/0";
  return word.includes("/") ? word : `${word}/${six ? 128 : 32}`;
}

function parseInterfaces(text: string): Facts["interfaces"] {
  return linesOf(text).flatMap((line) => {
    const [, name, mtu] = /^\d+: ([^:@]+)(?:@[^:]+)?: .*? mtu (\d+)/.exec(line) ?? [];
    const mac = /link\/\w+ ([0-9a-f:]+)/.exec(line)?.[1] ?? "";
    return name === undefined ? [] : [{ name, mac, mtu: Number(mtu) }];
  });
}
