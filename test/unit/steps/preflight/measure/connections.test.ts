import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import type { Flow } from "../../../../../src/steps/preflight/evidence.ts";
import { tryConnections } from "../../../../../src/steps/preflight/measure/connections.ts";
import { closeListeners, openListeners } from "../../../../../src/steps/preflight/measure/listeners.ts";
import { askHere } from "../local-ask.ts";

const flow = (host: string, port: number): Flow => ({ to: "here", host, port, purpose: "api" });

/** Ports nobody listens on at the moment. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) => {
          server.listen(0, "127.0.0.1", () => {
            const address = server.address();
            resolve(typeof address === "object" && address !== null ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

test("connects to what listens in the background, until that is ended", async () => {
  const [open = 0, closed = 0] = await freePorts(2);
  const listeners = await openListeners(askHere, [open], { six: false });
  expect(listeners.ports).toEqual(new Set([open]));
  try {
    const tried = await tryConnections(askHere, [flow("127.0.0.1", open), flow("127.0.0.1", closed)]);
    expect(tried.map(({ outcome }) => outcome)).toEqual(["connected", "refused"]);
  } finally {
    await closeListeners(askHere, listeners);
  }
  await expect.poll(() => existsSync(`/proc/${listeners.pid}/exe`)).toBe(false);
  const [after] = await tryConnections(askHere, [flow("127.0.0.1", open)]);
  expect(after?.outcome).toBe("refused");
});

test("takes only ports that are free, and says which it got", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
  const address = server.address();
  const taken = typeof address === "object" && address !== null ? address.port : 0;
  const listeners = await openListeners(askHere, [taken], { six: false });
  expect(listeners).toEqual({ ports: new Set(), pid: undefined });
  await new Promise((resolve) => server.close(resolve));
});

test("does not end a process that only has the number of the listeners", async () => {
  await closeListeners(askHere, { ports: new Set([1]), pid: process.pid });
});

test("a name nobody knows is no connection", async () => {
  const [tried] = await tryConnections(askHere, [flow("nowhere.invalid", 443)]);
  expect(["unresolved", "silent"]).toContain(tried?.outcome);
});
