import { expect, test } from "vitest";
import { createPortNumbers } from "./port-numbers.ts";

const nobody = () => false;

test("every number is used before one comes again", () => {
  const ports = createPortNumbers({ from: 7, to: 9 });
  expect([1, 2, 3, 4, 5].map(() => ports.next(nobody))).toEqual([7, 8, 9, 7, 8]);
});

test("a number that is taken is passed over, also where they begin again", () => {
  const ports = createPortNumbers({ from: 7, to: 9 });
  expect([1, 2, 3].map(() => ports.next((port) => port === 7 || port === 9))).toEqual([8, 8, 8]);
});

test("none that is left is an error, not a search without end", () => {
  expect(() => createPortNumbers({ from: 7, to: 9 }).next(() => true)).toThrow("All ports from 7 to 9 are taken");
});
