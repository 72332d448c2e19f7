import { networkInterfaces } from "node:os";

/** An address of this machine that other machines could use, too, as presets ask for. */
export function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const own = addresses.find(({ family, internal }) => family === "IPv4" && !internal);
  if (own === undefined) throw new Error("This machine has no address but its loopback ones.");
  return own.address;
}
