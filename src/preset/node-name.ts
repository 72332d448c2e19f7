import { isIP } from "node:net";

/**
 * What a node is called when the preset does not say: made from its address alone, so that adding or moving other
 * nodes never renames it. `10.0.0.11` gives `node-10-0-0-11`, `w1.example.com` gives `w1`.
 */
export function nodeNameFor(address: string): string {
  if (isIP(address) !== 0) return `node-${address.replaceAll(/[.:]+/g, "-").replaceAll(/^-|-$/g, "")}`.toLowerCase();
  const [first = address] = address.split(".");
  return first.toLowerCase().replaceAll("_", "-");
}
