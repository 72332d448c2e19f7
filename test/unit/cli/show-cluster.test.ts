import { expect, test } from "vitest";
import type { CommandContext } from "../../../src/cli/command-context.ts";
import { showCluster } from "../../../src/cli/show-cluster.ts";
import type { RunSummary } from "../../../src/engine/events.ts";
import type { RunGround } from "../../../src/steps/contexts.ts";

const nodesOf = (count: number) =>
  ["NAME   STATUS", ...Array.from({ length: count }, (_, at) => `n-${at + 1}   Ready`)].join("\n");

/** What is printed of a cluster whose first node answers so, and what else is told. */
async function closing(read: () => Promise<{ stdout: string }>): Promise<{ text: string; told: string[] }> {
  const ground = {
    spec: { name: "demo" },
    nodes: [{ machine: { roles: ["control-plane"] }, host: { read } }],
  } as unknown as RunGround;
  const told: string[] = [];
  const inform = (line: string) => told.push(line);
  const context = { signal: new AbortController().signal, inform } as Pick<CommandContext, "signal"> as CommandContext;
  const summary = { durationMs: 1000, counts: { changed: 0 } } as RunSummary;
  const lines: string[] = [];
  await showCluster(ground, summary, { print: (line) => lines.push(line), context });
  return { text: lines.join("\n"), told };
}

async function shown(count: number): Promise<string> {
  const stdout = `${nodesOf(count)}\n\nNAME   READY\netcd-n-1   1/1\n`;
  return (await closing(async () => ({ stdout }))).text;
}

test("every node and pod of a usual cluster is shown", async () => {
  expect(await shown(30)).toContain(`${nodesOf(30)}\n\nNAME   READY\netcd-n-1   1/1\n`);
});

test("of a thousand nodes only the first fill the screen, and it is said how many there are", async () => {
  const text = await shown(1000);
  expect(text).toContain("n-30   Ready\n... and 970 more\n\nNAME   READY\netcd-n-1   1/1\n");
  expect(text).not.toContain("n-31 ");
});

test("an API that stops answering after the run does not make the run a failure", async () => {
  const { text, told } = await closing(() => Promise.reject(new Error("the API does not answer")));
  expect(told).toEqual([expect.stringMatching(/^warning: nodes and pods cannot be shown: .*the API does not answer/)]);
  expect(text).toContain("Cluster demo is ready");
});
