import { isIPv4 } from "node:net";
import { nodeNameFor } from "../../../preset/node-name.ts";
import type { MachineDraft } from "./machines.ts";

/**
 * A machine like another one with the next free name and address. Fingerprints are one machine's own; so is being the
 * control plane as long as there is one.
 */
export function duplicateOf(machine: MachineDraft, all: readonly MachineDraft[]): MachineDraft {
  const { name, address, internalAddress, ssh, ...rest } = machine;
  const names = new Set(all.map((one) => one.name ?? (one.address === undefined ? "" : nodeNameFor(one.address))));
  const addresses = new Set(all.flatMap((one) => [one.address ?? "", one.internalAddress ?? ""]));
  const { hostKeyFingerprints: _, ...login } = ssh ?? {};
  return {
    ...(name === undefined ? {} : { name: nextFree(name, names) }),
    ...(address === undefined ? {} : { address: nextFreeAddress(address, addresses) }),
    ...(internalAddress === undefined ? {} : { internalAddress: nextFreeAddress(internalAddress, addresses) }),
    ...rest,
    roles: ["worker"],
    ...(Object.keys(login).length === 0 ? {} : { ssh: login }),
  };
}

function nextFreeAddress(address: string, taken: ReadonlySet<string>): string {
  if (isIPv4(address)) {
    const [first, second, third, last = "0"] = address.split(".");
    for (let next = Number(last) + 1; next < 255; next += 1) {
      const candidate = [first, second, third, next].join(".");
      if (!taken.has(candidate)) return candidate;
    }
    return "";
  }
  if (address === "" || address.includes(":")) return "";
  const [host = "", ...domain] = address.split(".");
  const free = new Set(
    [...taken].filter((one) => one.endsWith(domain.join("."))).map((one) => one.split(".")[0] ?? ""),
  );
  return [nextFree(host, free), ...domain].join(".");
}

/** `w-09` gives `w-10` when that is free; a text without a number gets one. */
export function nextFree(text: string, taken: ReadonlySet<string>): string {
  const { stem = text, digits } = /^(?<stem>.*?)(?<digits>\d{1,9})$/.exec(text)?.groups ?? {};
  const before = digits === undefined ? `${text}-` : stem;
  for (let next = Number(digits ?? 1) + 1; ; next += 1) {
    const candidate = `${before}${String(next).padStart(digits?.length ?? 1, "0")}`;
    if (!taken.has(candidate)) return candidate;
  }
}
