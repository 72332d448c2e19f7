import { isIP, isIPv6 } from "node:net";
import type { Finding } from "../finding.ts";
import { checkLabel } from "../formats.ts";
import { formatPath, quote } from "../path.ts";
import type { PartlyPreset } from "../salvage.ts";
import { type ListedNode, listNodes } from "./node-list.ts";

/** Names and addresses: unique, usable, and an internal address where the login address cannot serve as one. */
export function checkNodes(preset: PartlyPreset): Finding[] {
  const nodes = listNodes(preset);
  const sharedPort = preset.spec?.topology?.static?.ssh?.port;
  return [
    ...nodes.flatMap(checkName),
    ...nodes.flatMap(checkInternalAddress),
    ...repeated(
      nodes,
      "name",
      ({ name }) => name,
      ({ node }) => ("name" in node ? "name" : "address"),
    ),
    ...repeated(
      nodes,
      "address",
      ({ node }) => loginOf(node.address, node.ssh?.port ?? sharedPort),
      () => "address",
    ),
    ...repeated(
      nodes.filter(({ node }) => node.internalAddress !== undefined),
      "internal address",
      ({ internalAddress }) => internalAddress,
      () => "internalAddress",
    ),
  ];
}

/** Two machines behind one address are told apart by their port. */
function loginOf(address: string | undefined, port: number | undefined): string | undefined {
  return address === undefined || port === undefined ? address : `${address} port ${port}`;
}

function repeated(
  nodes: readonly ListedNode[],
  what: string,
  textOf: (node: ListedNode) => string | undefined,
  keyOf: (node: ListedNode) => string,
): Finding[] {
  const first = new Map<string, ListedNode>();
  return nodes.flatMap((node): Finding[] => {
    const value = textOf(node);
    const other = value === undefined ? undefined : first.get(value);
    if (value !== undefined && other === undefined) first.set(value, node);
    if (value === undefined || other === undefined) return [];
    const derived = what === "name" && !("name" in node.node);
    return [
      {
        severity: "error",
        path: [...node.path, keyOf(node)],
        message: `the ${what} ${quote(value)} is taken by ${formatPath(other.path)}`,
        allowed: `one ${what} per node`,
        ...(derived ? { hint: "the name was made from the address; give the node a `name`" } : {}),
      },
    ];
  });
}

function checkName({ path, node, name }: ListedNode): Finding[] {
  const complaint = !("name" in node) && name !== undefined ? checkLabel(name) : undefined;
  if (complaint === undefined) return [];
  const message = `no node name can be made from this address: ${complaint.message}`;
  return [{ severity: "error", path: [...path, "address"], message, hint: "give the node a `name`" }];
}

function checkInternalAddress({ path, node }: ListedNode): Finding[] {
  const { address, internalAddress } = node;
  if ("internalAddress" in node && internalAddress === undefined) return [];
  const key = internalAddress === undefined ? "address" : "internalAddress";
  const common = { severity: "error", path: [...path, key], allowed: "an IPv4 address" } as const;
  if (isIPv6(internalAddress ?? address ?? "")) {
    return [
      {
        ...common,
        message: "nodes cannot yet reach each other over IPv6",
        hint: "give the node an IPv4 `internalAddress`",
      },
    ];
  }
  if (internalAddress !== undefined || address === undefined || isIP(address) !== 0) return [];
  return [
    {
      ...common,
      message: `${quote(address)} is a name, so the address the other nodes use must be told`,
      hint: "give the node an `internalAddress`, for example `internalAddress: 10.0.0.11`",
    },
  ];
}
