import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const chaos = (...args: readonly string[]) =>
  promisify(execFile)(process.execPath, ["scripts/chaos.mjs", "--target", "fleet", ...args], { encoding: "utf8" });

/** The same, for what must end well; otherwise it says what the command said. */
const chaosThatEndsWell = (...args: readonly string[]) =>
  chaos(...args).catch((failure: { stdout?: string; stderr?: string }) => {
    throw new Error(`${failure.stdout ?? ""}\n${failure.stderr ?? ""}`, { cause: failure });
  });

describe("npm run chaos -- --target fleet", () => {
  // Keys are made in threads virtual time cannot see, so on a busy machine a deadline may pass too early: a promise
  // counts as broken when the same schedules break it twice.
  test("finds every promise kept in random schedules of failures", { retry: 1, timeout: 1_200_000 }, async () => {
    const { stdout } = await chaosThatEndsWell("--nodes", "6", "--schedules", "20", "--seed", "1");
    expect(stdout).toContain("every promise was kept in 20 schedules");
  });

  test("plays the same schedule with the same outcome again", async () => {
    const once = async () => {
      const { stdout } = await chaos("--nodes", "6", "--seed", "2", "--only", "3", "--below", "engine");
      return stdout.split("\n").filter((line) => line.startsWith("at the") || line.startsWith("anything"));
    };
    const first = await once();
    expect(first).toHaveLength(2);
    expect(await once()).toEqual(first);
  });

  test("says how it is used when it is asked for what it does not know", async () => {
    await expect(chaos("--nodes", "many")).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--nodes takes a number, not "many"'),
    });
  });
});
