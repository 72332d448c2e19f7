import { expect, test } from "vitest";
import { longestShownLine, shorten, withinBudget } from "../../../src/engine/output-budget.ts";

test("what a step prints is passed on until it is too much, which is said once", () => {
  const passed: string[] = [];
  const pass = withinBudget((line) => passed.push(line), 1000);
  for (let count = 1; count <= 100; count++) pass(`line ${count}`);
  expect(passed[0]).toBe("line 1");
  expect(passed.length).toBeLessThan(12);
  expect(passed.filter((line) => line.includes("left out"))).toEqual([passed.at(-1)]);
});

test("empty lines without end are too much as well", () => {
  let passed = 0;
  const pass = withinBudget(() => {
    passed += 1;
  }, 10_000);
  for (let count = 0; count < 1_000_000; count++) pass("");
  expect(passed).toBeLessThan(150);
});

test("a long line says how much of it is missing, and no character is cut in two", () => {
  expect(shorten("short")).toBe("short");
  expect(shorten("x".repeat(5000))).toBe(`${"x".repeat(longestShownLine)} … (904 more characters)`);
  expect(shorten("ab😀cd", 3)).toBe("ab … (4 more characters)");
});
