import { describe, expect, test } from "vitest";
import { checkLabName, checkLabSize, nodeNames, octetOf } from "../../../../src/topology/lab/names.ts";

describe("checkLabName", () => {
  test.each(["lab", "a", "my-lab-2", "a".repeat(32)])("accepts %s", (name) => {
    expect(() => checkLabName(name)).not.toThrow();
  });

  test.each(["", "../etc", "Lab", "-a", "a-", "a.b", ".packages", "a b", "a".repeat(33)])("refuses %j", (name) => {
    expect(() => checkLabName(name)).toThrowError(expect.objectContaining({ code: "usage" }));
  });
});

test("the largest lab has an address for every node, a larger one is refused", () => {
  const largest = { controlPlanes: 9, workers: 230 };
  expect(() => checkLabSize(largest)).not.toThrow();
  const octets = nodeNames(largest.controlPlanes, largest.workers).map(octetOf);
  expect(new Set(octets).size).toBe(239);
  expect(Math.max(...octets)).toBeLessThan(255);
  for (const size of [
    { ...largest, workers: 231 },
    { ...largest, controlPlanes: 10 },
  ])
    expect(() => checkLabSize(size)).toThrowError(expect.objectContaining({ code: "usage" }));
});

test("control planes come first", () => {
  expect(nodeNames(2, 1)).toEqual(["cp-1", "cp-2", "w-1"]);
});
