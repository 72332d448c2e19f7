import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { stateOfProcess, thisProcess } from "../../../src/engine/process-identity.ts";

test("a process recognises itself", async () => {
  expect(await stateOfProcess(await thisProcess())).toBe("running");
});

test("a process that ended is gone", async () => {
  const child = spawn("true");
  await once(child, "exit");
  const own = await thisProcess();
  expect(await stateOfProcess({ ...own, pid: child.pid ?? 0 })).toBe("gone");
});

test("another process that got the same number later does not count", async () => {
  expect(await stateOfProcess({ ...(await thisProcess()), startTicks: "1" })).toBe("gone");
});

test.each([{ host: "elsewhere" }, { scope: "another boot or container" }])(
  "of %j nothing is known here",
  async (difference) => {
    expect(await stateOfProcess({ ...(await thisProcess()), ...difference })).toBe("unknown");
  },
);
