import { describe, expect, test } from "vitest";
import { parseFault } from "../../../../src/topology/lab/faults/fault.ts";

describe("the value behind a kind of fault", () => {
  test.each([
    ["loss", "30", 30],
    ["loss", "0.5", 0.5],
    ["delay", "0", 0],
  ])("%s %s", (kind, text, number) => {
    expect(parseFault(kind, text).value).toBe(number);
  });

  test.each([
    ["loss", "101"],
    ["loss", "-1"],
    ["loss", "ten"],
    ["loss", undefined],
    ["delay", "60001"],
    ["freeze", "1"],
    ["explode", undefined],
  ])("%s %s is refused", (kind, text) => {
    expect(() => parseFault(kind, text)).toThrowError(expect.objectContaining({ code: "usage" }));
  });

  test("no value is needed where none makes sense", () => {
    expect(parseFault("freeze", undefined).value).toBe(0);
  });
});
