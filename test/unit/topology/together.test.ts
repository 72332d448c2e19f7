import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { together } from "../../../src/topology/together.ts";

const never = new AbortController().signal;
const untilAborted = (signal: AbortSignal) => delay(60_000, undefined, { signal, ref: false });

describe("together", () => {
  test("gives both results", async () => {
    expect(
      await together(
        never,
        async () => 1,
        async () => "two",
      ),
    ).toEqual([1, "two"]);
  });

  test.each([0, 1])("the failure of one ends the other, and is what is thrown", async (failing) => {
    const ended: string[] = [];
    const fails = async () => {
      throw new Error("the first failure");
    };
    const waits = (signal: AbortSignal) => untilAborted(signal).finally(() => ended.push("the other"));
    const both = failing === 0 ? together(never, fails, waits) : together(never, waits, fails);
    await expect(both).rejects.toThrow("the first failure");
    expect(ended).toEqual(["the other"]);
  });

  test("an abort from outside ends both", async () => {
    const outside = new AbortController();
    const both = together(outside.signal, untilAborted, untilAborted);
    outside.abort(new Error("enough"));
    await expect(both).rejects.toThrow();
  });
});
