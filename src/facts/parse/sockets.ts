import type { Answer } from "../ask.ts";
import type { Facts, Listener } from "../facts.ts";
import { littleEndianAddress } from "./kernel-network.ts";
import { linesOf, rowsOf } from "./text.ts";

/** Listening sockets as `ss` tells them, or the kernel's own files where there is no `ss`. */
export function parseSockets(answer: Answer): Pick<Facts, "listening"> {
  const fromSs = rowsOf(answer("sockets")).flatMap(parseSsRow);
  return {
    listening: fromSs.length > 0 ? fromSs : parseKernelSockets(answer("kernel-sockets"), answer("socket-owners")),
  };
}

function parseSsRow([protocol, , , , local = "", , owner = ""]: readonly string[]): readonly Listener[] {
  if (protocol !== "tcp" && protocol !== "udp") return [];
  const colon = local.lastIndexOf(":");
  return [
    {
      port: Number(local.slice(colon + 1)),
      protocol,
      process: /\(\("([^"]*)"/.exec(owner)?.[1] ?? "",
      address: plainAddress(local.slice(0, colon)),
    },
  ];
}

/** `*` and `[::]` mean every address; `127.0.0.53%lo` names its interface. */
function plainAddress(text: string): string {
  const address = text.replace(/%.*$/, "").replace(/^\[(.*)\]$/, "$1");
  return address === "*" ? "::" : address;
}

/** A listening TCP socket has state 0A, an unconnected UDP one 07. */
function parseKernelSockets(sockets: string, owners: string): readonly Listener[] {
  const processes = parseOwners(owners);
  return rowsOf(sockets).flatMap(([kind = "", , local = "", , state, ...rest]) => {
    const protocol = kind.startsWith("tcp") ? "tcp" : "udp";
    if (state !== (protocol === "tcp" ? "0A" : "07")) return [];
    const [address = "", port = ""] = local.split(":");
    return [
      {
        port: Number.parseInt(port, 16),
        protocol,
        process: processes.get(rest[5] ?? "") ?? "",
        address: address.length === 8 ? littleEndianAddress(address) : /^0+$/.test(address) ? "::" : "",
      } as const,
    ];
  });
}

/** Which process holds which socket inode, from the names and the open files of all processes. */
function parseOwners(text: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const owners = new Map<string, string>();
  let pid = "";
  for (const line of linesOf(text)) {
    const comm = /^\/proc\/(\d+)\/comm:(.*)$/.exec(line);
    if (comm?.[1] !== undefined) names.set(comm[1], comm[2] ?? "");
    pid = /^\/proc\/(\d+)\/fd:$/.exec(line)?.[1] ?? pid;
    const inode = /socket:\[(\d+)\]/.exec(line)?.[1];
    if (inode !== undefined && !owners.has(inode)) owners.set(inode, names.get(pid) ?? "");
  }
  return owners;
}
