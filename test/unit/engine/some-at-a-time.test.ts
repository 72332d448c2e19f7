import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { someAtATime } from "../../../src/engine/some-at-a-time.ts";

test("never has more at work than told, and gives the results in the order of the entries", async () => {
  let atWork = 0;
  let most = 0;
  const results = await someAtATime([5, 1, 4, 2, 3], 2, async (turns) => {
    atWork += 1;
    most = Math.max(most, atWork);
    for (let left = turns; left > 0; left--) await turn();
    atWork -= 1;
    return turns * 10;
  });
  expect(results).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(2);
});

test("gives every entry its turn before it throws the first failure", async () => {
  const seen: string[] = [];
  const working = someAtATime(["a", "b", "c"], 1, async (name) => {
    seen.push(name);
    if (name !== "c") throw new Error(`no ${name}`);
  });
  await expect(working).rejects.toThrow("no a");
  expect(seen).toEqual(["a", "b", "c"]);
});

test("has nothing to do for nobody", async () => {
  expect(await someAtATime([], 3, async () => 1)).toEqual([]);
});
