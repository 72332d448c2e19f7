import { expect, test } from "vitest";
import { sh } from "../../../../../src/ssh/shell.ts";
import { askerFor } from "../../../../../src/steps/preflight/measure/ask.ts";
import type { PreflightNode } from "../../../../../src/steps/preflight/preflight-node.ts";

/** A node that went silent after its login. */
const silent = {
  machine: { name: "w-1" },
  host: {
    read: (_: unknown, { signal }: { signal: AbortSignal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
  },
} as unknown as PreflightNode;

test("a node that went silent is named, however short the patience is", async () => {
  const ask = askerFor(silent, new AbortController().signal, 10);
  await expect(ask(sh`true`)).rejects.toMatchObject({
    code: "unreachable",
    details: { node: "w-1" },
  });
});
