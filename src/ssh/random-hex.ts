import { randomBytes } from "node:crypto";

const bytesEach = 12;
let left = Buffer.alloc(0);

/** 24 hex digits nobody can guess, taken from a stock: asking the system for each command's own would cost more. */
export function randomHex(): string {
  if (left.length === 0) left = randomBytes(256 * bytesEach);
  const taken = left.toString("hex", 0, bytesEach);
  left = left.subarray(bytesEach);
  return taken;
}
