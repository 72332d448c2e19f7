import { spawnSync } from "node:child_process";
import type { Ask } from "../../../../src/steps/preflight/measure/ask.ts";

/** Runs the commands a node would get on this machine; only its own ports of the loopback interface are touched. */
export const askHere: Ask = async ({ text }, { stdin = "" } = {}) => {
  const { status, stdout, stderr } = spawnSync("sh", ["-c", text], { input: stdin, encoding: "utf8" });
  if (status !== 0) throw new Error(`ended with ${status}: ${stderr}`);
  return { stdout };
};
