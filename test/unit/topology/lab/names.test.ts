import { describe, expect, test } from "vitest";
import { checkLabName, nodeNames } from "../../../../src/topology/lab/names.ts";

describe("checkLabName", () => {
  test.each(["lab", "a", "my-lab-2", "a".repeat(32)])("accepts %s", (name) => {
    expect(() => checkLabName(name)).not.toThrow();
  });

  test.each(["", "../etc", "Lab", "-a", "a-", "a.b", ".packages", "a b", "a".repeat(33)])("refuses %j", (name) => {
    expect(() => checkLabName(name)).toThrowError(expect.objectContaining({ code: "usage" }));
  });
});

test("control planes come first", () => {
  expect(nodeNames(2, 1)).toEqual(["cp-1", "cp-2", "w-1"]);
});
