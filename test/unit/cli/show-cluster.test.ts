import { expect, test } from "vitest";
import type { CommandContext } from "../../../src/cli/command-context.ts";
import { showCluster } from "../../../src/cli/show-cluster.ts";
import type { RunSummary } from "../../../src/engine/events.ts";
import type { RunGround } from "../../../src/steps/contexts.ts";

const nodesOf = (count: number) =>
  ["NAME   STATUS", ...Array.from({ length: count }, (_, at) => `n-${at + 1}   Ready`)].join("\n");

/** What is printed of a cluster with so many nodes. */
async function shown(count: number): Promise<string> {
  const stdout = `${nodesOf(count)}\n\nNAME   READY\netcd-n-1   1/1\n`;
  const ground = {
    spec: { name: "demo" },
    nodes: [{ machine: { roles: ["control-plane"] }, host: { read: async () => ({ stdout }) } }],
  } as unknown as RunGround;
  const context = { signal: new AbortController().signal } as CommandContext;
  const summary = { durationMs: 1000, counts: { changed: 0 } } as RunSummary;
  const lines: string[] = [];
  await showCluster(ground, summary, { print: (line) => lines.push(line), context });
  return lines.join("\n");
}

test("every node and pod of a usual cluster is shown", async () => {
  expect(await shown(30)).toContain(`${nodesOf(30)}\n\nNAME   READY\netcd-n-1   1/1\n`);
});

test("of a thousand nodes only the first fill the screen, and it is said how many there are", async () => {
  const text = await shown(1000);
  expect(text).toContain("n-30   Ready\n... and 970 more\n\nNAME   READY\netcd-n-1   1/1\n");
  expect(text).not.toContain("n-31 ");
});
