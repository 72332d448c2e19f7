import { expect, test } from "vitest";
import { perRun } from "../../../src/steps/per-run.ts";
import { situation } from "./situation.ts";

test("steps of one run share a value, another run gets its own", () => {
  let made = 0;
  const value = perRun(() => ({ number: ++made }));
  const [one, other] = [situation({ "cp-1": {} }).context, situation({ "cp-1": {} }).context];
  expect(value(one)).toBe(value({ ...one }));
  expect(value(other)).not.toBe(value(one));
  expect(made).toBe(2);
});
